from pyspark.sql import functions as F

columns = [F.col("a")]
    F.col("vehicle_dynamic_state.engine.data.temperature").alias("engine_temperature"),
