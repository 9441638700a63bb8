"""The peer of replay.ts: the same aggregates at the same moments, as point-in-time SQL over the same Parquet parts."""
import json
import resource
import sys
import time

import duckdb

job = json.load(open(sys.argv[1]))
started = time.perf_counter()
db = duckdb.connect()
db.execute(f"SET threads TO {job['threads']}")
columns = ", ".join(f"{f['sql']} AS \"{f['name']}\"" for f in job["features"])
db.execute(f"""
COPY (
  WITH e AS (
    SELECT *, epoch_ms("time") AS at, epoch_ms(known_at) AS known
    FROM read_parquet('{job['parts']}', union_by_name = true) WHERE repeat = 0
  ),
  s AS (SELECT _subject, epoch_ms(_time) AS t FROM '{job['samples']}')
  SELECT s._subject, s.t AS _time, {columns}
  FROM s JOIN e ON e.subject = s._subject AND e.known <= s.t
  GROUP BY s._subject, s.t
  ORDER BY s.t, s._subject
) TO '{job['out']}' (FORMAT parquet, COMPRESSION zstd)
""")
seconds = time.perf_counter() - started
usage = resource.getrusage(resource.RUSAGE_SELF)

different = 0
for feature in job["features"]:
    name = feature["name"]
    kind = db.execute(f"SELECT typeof(\"{name}\") FROM '{job['samples']}' LIMIT 1").fetchone()[0]
    same = f'a."{name}" IS NOT DISTINCT FROM b."{name}"' if kind == "VARCHAR" else (
        f'(a."{name}" IS NULL AND b."{name}" IS NULL) OR abs(a."{name}" - b."{name}"::FLOAT) <= 1e-6 * greatest(1, abs(a."{name}"))')
    different += db.execute(f"""SELECT count(*) FROM '{job['samples']}' a JOIN '{job['out']}' b
        ON a._subject = b._subject AND epoch_ms(a._time) = b._time WHERE NOT coalesce({same}, false)""").fetchone()[0]
rows = db.execute(f"SELECT count(*) FROM '{job['out']}'").fetchone()[0]
print(json.dumps({"rows": rows, "replayed": seconds, "seconds": seconds, "cpu": usage.ru_utime + usage.ru_stime, "mb": usage.ru_maxrss // 1024,
                  "different": different, "values": rows * len(job["features"])}))
