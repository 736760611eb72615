import json
import os
import sys

import greetings
import parts.words
from awsglue.utils import getResolvedOptions

options = getResolvedOptions(sys.argv, ["JOB_NAME", "name"])
with open("settings.json", encoding="utf-8") as file:
    settings = json.load(file)
report = {
    "greeting": greetings.hello(options["name"]),
    "word": parts.words.WORD,
    "settings": settings,
    "script": os.path.basename(sys.argv[0]),
    "spark": "pyspark" in sys.modules,
}
print("report:", json.dumps(report))
if "--exit" in sys.argv:
    sys.exit(int(sys.argv[sys.argv.index("--exit") + 1]))
