-- What the pipeline leaves behind for data/car_raw_data_001.json: the columns that the checks read, with the
-- types that the crawlers give them.
CREATE TABLE bronze_car_data AS
SELECT * FROM (VALUES ('evt-1'), ('evt-2'), ('evt-3'), ('evt-3')) AS bronze (event_id);

CREATE TABLE silver_car AS
SELECT
  event_id, car_id, event_timestamp, event_timestamp + INTERVAL 3 SECOND AS received_at, engine_temperature,
  2300 AS engine_rpm, 40.0::DOUBLE AS fuel_level_percent, 30.0::DOUBLE AS tire_min_pressure_psi,
  120.0::DOUBLE AS trip_max_speed_kmh, distance AS trip_distance_km, liters AS trip_fuel_liters,
  (current_timestamp AT TIME ZONE 'UTC') - INTERVAL 9 MINUTE AS ingested_at,
  (current_timestamp AT TIME ZONE 'UTC') - INTERVAL 6 MINUTE AS processed_at,
  '2025' AS event_year, '11' AS event_month, '05' AS event_day
FROM (
  VALUES
    ('evt-1', 'car-a', TIMESTAMP '2025-11-05 17:41:08', 88.2::DOUBLE, 14.8::DOUBLE, 1.21::DOUBLE),
    ('evt-2', 'car-a', TIMESTAMP '2025-11-05 17:58:30', 93.7::DOUBLE, 22.4::DOUBLE, 1.73::DOUBLE),
    ('evt-3', 'car-b', TIMESTAMP '2025-11-05 17:59:47', 118.6::DOUBLE, 31.0::DOUBLE, 3.4::DOUBLE)
) AS silver (event_id, car_id, event_timestamp, engine_temperature, distance, liters);

CREATE TABLE gold_car_current_state AS
SELECT
  car_id, max(event_timestamp) AS last_seen_at,
  (current_timestamp AT TIME ZONE 'UTC') - INTERVAL 3 MINUTE AS processed_at
FROM silver_car
GROUP BY car_id;

CREATE TABLE gold_fuel_efficiency_monthly AS
SELECT
  car_id, event_year, event_month, count(*) AS events, sum(trip_distance_km) / sum(trip_fuel_liters) AS km_per_liter,
  min(trip_distance_km / trip_fuel_liters) AS worst_km_per_liter,
  max(trip_distance_km / trip_fuel_liters) AS best_km_per_liter,
  (current_timestamp AT TIME ZONE 'UTC') - INTERVAL 3 MINUTE AS processed_at
FROM silver_car
GROUP BY car_id, event_year, event_month;

CREATE TABLE gold_performance_alerts_log_slim AS
SELECT 'alert-1' AS alert_id, event_id, car_id, 'CRITICAL' AS severity, engine_temperature AS reading,
  105.0::DOUBLE AS threshold
FROM silver_car
WHERE engine_temperature > 105;
