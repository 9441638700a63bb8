"""Times one row, one row with SHAP, and a batch of the peers, one thread each. Called by score.ts.
Usage: python score-peers.py FILE ROWS COLUMNS TREES"""
import json
import os
import sys
import time

os.environ["OMP_NUM_THREADS"] = "1"
import numpy as np

path, rows, columns, trees = sys.argv[1], *map(int, sys.argv[2:5])
values = np.fromfile(path, dtype=np.float32)
labels, table = values[-rows:], values[:-rows].reshape(-1, columns)
x, test = table[:rows], np.ascontiguousarray(table[rows:])


def row_us(call, calls):
    for i in range(calls // 10 + 1):
        call(test[i : i + 1])
    times = []
    for i in range(calls):
        one = test[i % len(test) : i % len(test) + 1]
        started = time.perf_counter_ns()
        call(one)
        times.append((time.perf_counter_ns() - started) / 1000)
    return {"p50": round(float(np.percentile(times, 50)), 1), "p99": round(float(np.percentile(times, 99)), 1)}


def mrows(call, count):
    call(test[:100])
    times = []
    for _ in range(3):
        started = time.perf_counter()
        call(test[:count])
        times.append(time.perf_counter() - started)
    return float(f"{count / sorted(times)[1] / 1e6:.3g}")


def report(name, predict, shap=None, shap_rows=200):
    result = {"name": name, "row_us": row_us(predict, 2000), "batch_mrows_s": mrows(predict, len(test))}
    if shap is not None:
        result["row_shap_us"] = row_us(shap, 50)
        result["batch_shap_mrows_s"] = mrows(shap, shap_rows)
    print(json.dumps(result), flush=True)


import catboost as cb

model = cb.CatBoostClassifier(iterations=trees, learning_rate=0.1, depth=6, thread_count=1, verbose=False,
                              allow_writing_files=False, border_count=254)
model.fit(x, labels.astype(int))
report("catboost", lambda r: model.predict(r, prediction_type="Probability", thread_count=1),
       lambda r: model.get_feature_importance(cb.Pool(r), type="ShapValues", thread_count=1))
onnx = path.replace(".f32", ".onnx")
model.save_model(onnx, format="onnx")

import onnxruntime as ort

options = ort.SessionOptions()
options.intra_op_num_threads = 1
session = ort.InferenceSession(onnx, options, providers=["CPUExecutionProvider"])
feed = session.get_inputs()[0].name
report("onnxruntime", lambda r: session.run(["probabilities"], {feed: r}))

import xgboost as xgb

booster = xgb.train(dict(objective="binary:logistic", eta=0.1, max_depth=6, tree_method="hist", nthread=1),
                    xgb.DMatrix(x, labels), trees)
report("xgboost", lambda r: booster.inplace_predict(r), lambda r: booster.predict(xgb.DMatrix(r), pred_contribs=True))

import lightgbm as lgb

gbm = lgb.train(dict(objective="binary", learning_rate=0.1, num_leaves=64, max_depth=6, num_threads=1, verbose=-1),
                lgb.Dataset(x, labels), trees)
report("lightgbm", lambda r: gbm.predict(r, num_threads=1), lambda r: gbm.predict(r, pred_contrib=True, num_threads=1))
