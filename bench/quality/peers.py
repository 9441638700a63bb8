"""Trains the peers on the exported tables and writes their probabilities of the test rows.

Usage: python bench/quality/peers.py sklearn-tables BUILD       (before export.ts: tables that ship with scikit-learn)
       python bench/quality/peers.py BUILD TABLE SEED [LEARNER…] (after it; TABLE as its folder is named)
What is there already is left alone.
"""
import json
import os
import sys
import time
import warnings

import numpy as np

warnings.filterwarnings("ignore")
THREADS = 1
ROUNDS = 2000
PATIENCE = 50
RATE = 0.05


def sklearn_tables(build, shared="../shared/data"):
    from sklearn.datasets import load_breast_cancer, load_digits

    os.makedirs(build, exist_ok=True)
    cancer, digits = load_breast_cancer(), load_digits()
    codrna = np.loadtxt(os.path.join(shared, "trees/codrna_test.tsv"))
    write_csv(build, "breast_cancer", cancer.data, np.where(cancer.target == 0, "yes", "no"))
    write_csv(build, "digits", digits.data, np.where(digits.target % 2 == 1, "yes", "no"))
    write_csv(build, "codrna", codrna[:, 1:], np.where(codrna[:, 0] > 0, "yes", "no"))


def write_csv(build, name, values, labels):
    with open(os.path.join(build, name + ".csv"), "w") as out:
        out.write(",".join(f"x{i}" for i in range(values.shape[1])) + ",label\n")
        for row, label in zip(values, labels):
            out.write(",".join(repr(float(v)) for v in row) + f",{label}\n")


def read(build, table, seed):
    import pandas as pd

    folder = os.path.join(build, table)
    spec = json.load(open(os.path.join(folder, "table.json")))
    columns = {}
    for i, column in enumerate(spec["columns"]):
        path = os.path.join(folder, f"{i}.column")
        if column["kind"] == "numeric":
            columns[f"c{i}"] = np.fromfile(path, dtype=np.float64)
        else:
            codes = np.fromfile(path, dtype=np.int32)
            columns[f"c{i}"] = pd.Categorical.from_codes(codes, [str(level) for level in column["levels"]])
    frame = pd.DataFrame(columns)
    labels = np.fromfile(os.path.join(folder, "labels"), dtype=np.float64).astype(int)
    train = np.fromfile(os.path.join(folder, f"{seed}.train"), dtype=np.int32)
    test = np.fromfile(os.path.join(folder, f"{seed}.test"), dtype=np.int32)
    return frame, labels, train, test


class Data:
    """A table as one peer wants it, and its folds."""

    def __init__(self, frame, labels, train, test, seed):
        self.frame, self.labels, self.train, self.test, self.seed = frame, labels, train, test, seed
        draws = np.random.default_rng(seed).random(len(train))
        self.stop, self.fit = train[draws < 1 / 8], train[draws >= 1 / 8]


def lightgbm(data, setting, rounds=None):
    import lightgbm as lgb

    common = dict(n_jobs=THREADS, random_state=data.seed, verbose=-1)
    if setting is None:
        return lgb.LGBMClassifier(**common).fit(*rows(data, data.train)), None, None
    tuned = dict(learning_rate=RATE, num_leaves=setting, colsample_bytree=0.7, **common)
    if rounds:
        return lgb.LGBMClassifier(n_estimators=rounds, **tuned).fit(*rows(data, data.train)), None, None
    model = lgb.LGBMClassifier(n_estimators=ROUNDS, **tuned)
    model.fit(*rows(data, data.fit), eval_set=[rows(data, data.stop)], callbacks=[lgb.early_stopping(PATIENCE, verbose=False)])
    return model, model.best_iteration_, model.best_score_["valid_0"]["binary_logloss"]


def xgboost(data, setting, rounds=None):
    import xgboost as xgb

    common = dict(n_jobs=THREADS, random_state=data.seed, enable_categorical=True, tree_method="hist")
    if setting is None:
        return xgb.XGBClassifier(**common).fit(*rows(data, data.train)), None, None
    tuned = dict(learning_rate=RATE, max_depth=setting, colsample_bytree=0.7, eval_metric="logloss", **common)
    if rounds:
        return xgb.XGBClassifier(n_estimators=rounds, **tuned).fit(*rows(data, data.train)), None, None
    model = xgb.XGBClassifier(n_estimators=ROUNDS, early_stopping_rounds=PATIENCE, **tuned)
    model.fit(*rows(data, data.fit), eval_set=[rows(data, data.stop)], verbose=False)
    return model, model.best_iteration + 1, model.best_score


def catboost(data, setting, rounds=None):
    from catboost import CatBoostClassifier

    frame = data.frame.copy()
    cats = [name for name in frame.columns if frame[name].dtype == "category"]
    for name in cats:
        frame[name] = frame[name].astype(object).where(frame[name].notna(), "(missing)").astype(str)
    as_text = Data(frame, data.labels, data.train, data.test, data.seed)
    data.catboost = as_text
    common = dict(thread_count=THREADS, random_seed=data.seed, verbose=False, allow_writing_files=False, cat_features=cats)
    if setting is None:
        return CatBoostClassifier(**common).fit(*rows(as_text, data.train)), None, None
    tuned = dict(learning_rate=RATE, depth=setting, **common)
    if rounds:
        return CatBoostClassifier(iterations=rounds, **tuned).fit(*rows(as_text, data.train)), None, None
    model = CatBoostClassifier(iterations=ROUNDS, od_type="Iter", od_wait=PATIENCE, **tuned)
    model.fit(*rows(as_text, data.fit), eval_set=rows(as_text, data.stop))
    return model, model.get_best_iteration() + 1, model.get_best_score()["validation"]["Logloss"]


def histgb(data, setting, rounds=None):
    from sklearn.ensemble import HistGradientBoostingClassifier as Model

    common = dict(random_state=data.seed, categorical_features="from_dtype")
    if setting is None:
        return Model(**common).fit(*rows(data, data.train)), None, None
    tuned = dict(learning_rate=RATE, max_leaf_nodes=setting, max_features=0.7, **common)
    if rounds:
        return Model(max_iter=rounds, early_stopping=False, **tuned).fit(*rows(data, data.train)), None, None
    model = Model(max_iter=ROUNDS, early_stopping=True, n_iter_no_change=PATIENCE, tol=0, scoring="loss", **tuned)
    features, labels = rows(data, data.fit)
    judged, outcomes = rows(data, data.stop)
    model.fit(features, labels, X_val=judged, y_val=outcomes)
    losses = -model.validation_score_
    return model, max(1, int(np.argmin(losses))), float(np.min(losses))


def rows(data, which):
    return data.frame.iloc[which], data.labels[which]


LEARNERS = {
    "lightgbm": (lightgbm, (7, 15, 31)),
    "xgboost": (xgboost, (3, 4, 6)),
    "catboost": (catboost, (4, 6, 8)),
    "histgb": (histgb, (7, 15, 31)),
}


def train(name, tuning, data):
    learner, settings = LEARNERS[name]
    if not tuning:
        return learner(data, None)[0]
    tried = [(*learner(data, setting)[1:], setting) for setting in settings]
    best, _, setting = min(tried, key=lambda one: one[1])
    return learner(data, setting, rounds=best)[0]


def main(build, table, seed, *learners):
    data = Data(*read(build, table, int(seed)), int(seed))
    os.makedirs(os.path.join(build, "out"), exist_ok=True)
    for wanted in learners or [f"{name}{suffix}" for suffix in ("", "-tuned") for name in LEARNERS]:
        path = os.path.join(build, "out", f"{table}.{seed}.{wanted}.f64")
        if os.path.exists(path):
            continue
        start = time.time()
        name = wanted.removesuffix("-tuned")
        model = train(name, wanted.endswith("-tuned"), data)
        frame = data.catboost.frame if name == "catboost" else data.frame
        model.predict_proba(frame.iloc[data.test])[:, 1].astype(np.float64).tofile(path)
        print(f"{table} {seed} {wanted} {time.time() - start:.1f} s", flush=True)


if __name__ == "__main__":
    if sys.argv[1] == "sklearn-tables":
        sklearn_tables(*sys.argv[2:])
    else:
        main(*sys.argv[1:])
