"""Runs queries in DuckDB, each on tables of its own.

Standard input: {"setup": sql, "cases": [{"change": sql, "query": sql}]}. Standard output: one
{"columns": [...], "rows": [[...]]} per case.
"""

import json
import sys

import duckdb

task = json.load(sys.stdin)
results = []
for case in task["cases"]:
    with duckdb.connect(":memory:") as connection:
        connection.execute("SET TimeZone = 'America/Sao_Paulo'")
        connection.execute(task["setup"])
        connection.execute(case["change"])
        found = connection.execute(case["query"])
        columns = [column[0] for column in found.description]
        results.append({"columns": columns, "rows": found.fetchall()})
json.dump(results, sys.stdout, default=str)
