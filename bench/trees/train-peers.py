"""Trains one peer on a table of generate.ts and prints seconds, CPU seconds, memory and AUC as JSON.
Usage: python train-peers.py FILE ROWS PEER TREES THREADS RATE"""
import json
import resource
import sys
import time

import numpy as np

path, rows, peer, trees, threads = sys.argv[1], int(sys.argv[2]), sys.argv[3], int(sys.argv[4]), int(sys.argv[5])
COLUMNS, RATE = 60, float(sys.argv[6])
judged = rows // 5
table = np.fromfile(path, dtype=np.float32).reshape(COLUMNS + 1, rows + judged)
x = np.ascontiguousarray(table[:COLUMNS].T)
y = table[COLUMNS].copy()
del table
train_x, train_y, test_x, test_y = x[:rows], y[:rows], x[rows:], y[rows:]


def lightgbm(**extra):
    import lightgbm as lgb

    settings = dict(objective="binary", learning_rate=RATE, num_leaves=64, max_depth=6, max_bin=255,
                    lambda_l2=3.0, num_threads=threads, force_row_wise=True, verbose=-1,
                    **extra)
    started = clock()
    booster = lgb.train(settings, lgb.Dataset(train_x, train_y), trees)
    return clock_since(started), booster.predict(test_x, raw_score=True)


def xgboost(**extra):
    import xgboost as xgb

    settings = dict(objective="binary:logistic", eta=RATE, max_depth=6, max_bin=255, reg_lambda=3.0, min_child_weight=0,
                    tree_method="hist", nthread=threads, **extra)
    started = clock()
    booster = xgb.train(settings, xgb.QuantileDMatrix(train_x, train_y, max_bin=255, nthread=threads), trees)
    return clock_since(started), booster.predict(xgb.DMatrix(test_x), output_margin=True)


def catboost(**extra):
    import catboost as cb

    model = cb.CatBoostClassifier(iterations=trees, learning_rate=RATE, depth=6, border_count=254, l2_leaf_reg=3.0,
                                  thread_count=threads, boosting_type="Plain", verbose=False, allow_writing_files=False,
                                  leaf_estimation_iterations=1, **extra)
    started = clock()
    model.fit(cb.Pool(train_x, train_y))
    return clock_since(started), model.predict(test_x, prediction_type="RawFormulaVal")


PEERS = {
    "lightgbm": lightgbm,
    "lightgbm-quantised": lambda: lightgbm(use_quantized_grad=True),
    "lightgbm-goss": lambda: lightgbm(data_sample_strategy="goss"),
    "lightgbm-goss-quantised": lambda: lightgbm(data_sample_strategy="goss", use_quantized_grad=True),
    "xgboost": xgboost,
    "catboost": lambda: catboost(bootstrap_type="No"),
    "catboost-mvs": lambda: catboost(bootstrap_type="MVS", subsample=0.3),
}


def clock():
    used = resource.getrusage(resource.RUSAGE_SELF)
    return time.perf_counter(), used.ru_utime + used.ru_stime


def clock_since(started):
    return tuple(now - then for now, then in zip(clock(), started))


(seconds, cpu), score = PEERS[peer]()
from sklearn.metrics import roc_auc_score  # noqa: E402

print(json.dumps(dict(name=peer, seconds=seconds, cpuSeconds=cpu,
                      maxGb=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20,
                      auc=float(roc_auc_score(test_y, score)))))
