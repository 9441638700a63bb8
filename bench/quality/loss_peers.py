"""LightGBM at its defaults with the losses of numbers and lists, on the tables that losses.ts wrote.

Usage: python bench/quality/loss_peers.py tables BUILD         (a table that ships with scikit-learn)
       python bench/quality/loss_peers.py FOLDER LOSS LAST_SEED
"""
import os
import sys
import warnings

import numpy as np

from peers import read

warnings.filterwarnings("ignore")
OBJECTIVES = {"rmse": "regression", "tweedie": "tweedie", "ranking": "lambdarank"}


def tables(build):
    from sklearn.datasets import load_diabetes

    data = load_diabetes(scaled=False)
    with open(os.path.join(build, "diabetes.csv"), "w") as out:
        out.write(",".join(data.feature_names) + ",label\n")
        for row, label in zip(data.data, data.target):
            out.write(",".join(repr(float(value)) for value in row) + f",{float(label)!r}\n")


def main(folder, loss, last):
    import lightgbm as lgb

    labels = np.fromfile(os.path.join(folder, "labels"), dtype=np.float64)
    groups = np.fromfile(os.path.join(folder, "groups"), dtype=np.int32)
    for seed in range(int(last) + 1):
        frame, _, train, test = read(os.path.dirname(folder), os.path.basename(folder), seed)
        common = dict(n_jobs=1, random_state=seed, verbose=-1, objective=OBJECTIVES[loss])
        if loss == "ranking":
            sizes = np.unique(groups[train], return_counts=True)[1]  # rows stand list by list, in ascending order
            model = lgb.LGBMRanker(**common).fit(frame.iloc[train], labels[train].astype(int), group=sizes)
        else:
            model = lgb.LGBMRegressor(**common).fit(frame.iloc[train], labels[train])
        model.predict(frame.iloc[test]).astype(np.float64).tofile(os.path.join(folder, f"{seed}.lightgbm"))


if __name__ == "__main__":
    if sys.argv[1] == "tables":
        tables(sys.argv[2])
    else:
        main(*sys.argv[1:])
