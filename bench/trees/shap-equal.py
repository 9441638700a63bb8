"""Trains small CatBoost models and writes, beside each as JSON, what CatBoost and shap say of its rows. Called by
shap-equal.ts. Usage: python shap-equal.py FOLDER"""
import json
import os
import sys
import warnings

os.environ["OMP_NUM_THREADS"] = "1"
warnings.filterwarnings("ignore")
import catboost
import numpy
import shap

folder = sys.argv[1]
EXPLAINED = 300
BACKGROUND = 100


def numbers(seed, rows, columns, missing):
    draw = numpy.random.default_rng(seed)
    x = draw.normal(size=(rows, columns)).astype(numpy.float32)
    signal = x[:, 0] + x[:, 1] * x[:, 2] - 0.5 * (x[:, 0] > 1)
    noise = draw.normal(size=rows)
    x[draw.uniform(size=x.shape) < missing] = numpy.nan
    return x, signal + noise


def with_categories(seed, rows):
    x, signal = numbers(seed, rows, 3, 0)
    draw = numpy.random.default_rng(seed + 1)
    city, size = draw.integers(0, 7, rows), draw.integers(0, 3, rows)
    table = numpy.empty((rows, 5), dtype=object)
    table[:, :3], table[:, 3], table[:, 4] = x, [f"city {c}" for c in city], [f"size {s}" for s in size]
    return table, signal + 0.4 * city - 0.7 * (size == 1)


BLANK = dict(children_left=-1, children_right=-1, children_default=-1, features=-1, thresholds=0.0, values=[0.0],
             node_sample_weight=0.0)


def plain_trees(model, missing):
    """A model's JSON as shap's plain trees, with the last split as the root, as CatBoost explains them."""
    scale, (bias,) = model["scale_and_bias"]
    floats = {f["feature_index"]: f["flat_feature_index"] for f in model["features_info"]["float_features"]}
    trees = []
    for tree in model["oblivious_trees"]:
        splits, leaves, weights = tree["splits"], tree["leaf_values"], numpy.array(tree["leaf_weights"], dtype=float)
        nodes = {key: [] for key in BLANK}

        def grow(unasked, answers):
            """The node of these answers (bits) to all questions from `unasked` on."""
            at = len(nodes["values"])
            for key, blank in BLANK.items():
                nodes[key].append(blank)
            nodes["node_sample_weight"][at] = weights[numpy.arange(len(leaves)) >> unasked == answers >> unasked].sum()
            if unasked == 0:
                nodes["values"][at] = [leaves[answers] * scale]
                return at
            split = splits[unasked - 1]
            nodes["features"][at] = floats[split["float_feature_index"]]
            nodes["thresholds"][at] = split["border"]
            no, yes = grow(unasked - 1, answers), grow(unasked - 1, answers | 1 << unasked - 1)
            nodes["children_left"][at], nodes["children_right"][at] = no, yes
            nodes["children_default"][at] = yes if missing == "Max" else no
            return at

        grow(len(splits), 0)
        trees.append({key: numpy.array(column) for key, column in nodes.items()})
    return {"trees": trees, "base_offset": bias, "tree_output": "raw_value", "objective": "binary_crossentropy",
            "internal_dtype": numpy.float64, "input_dtype": numpy.float32}


def explained(explainer, rows):
    """SHAP values, and the expected value as the last of each row."""
    found = explainer.shap_values(rows, check_additivity=False)
    found = found.reshape(len(found), -1)
    return numpy.column_stack([found, numpy.full(len(found), explainer.expected_value)]).tolist()


def as_json(row):
    return [value if isinstance(value, str) else None if value != value else float(value) for value in row]


def case(name, x, y, columns_are=None, missing="Min", **options):
    kind = catboost.CatBoostRegressor if options.get("loss_function") == "RMSE" else catboost.CatBoostClassifier
    target = y if kind is catboost.CatBoostRegressor else (y > 0).astype(int)
    model = kind(learning_rate=0.2, verbose=False, allow_writing_files=False, thread_count=1, random_seed=1,
                 nan_mode=missing, one_hot_max_size=255, **options)
    pool = catboost.Pool(x, target, cat_features=columns_are)
    model.fit(pool)
    path = os.path.join(folder, f"{name}.json")
    model.save_model(path, format="json", pool=pool)
    rows, few = x[:EXPLAINED], x[-BACKGROUND:]
    few_pool = catboost.Pool(rows, cat_features=columns_are)
    said = {
        "name": name,
        "rows": [as_json(row) for row in rows],
        "raw": model.predict(few_pool, prediction_type="RawFormulaVal").tolist(),
        "catboost": model.get_feature_importance(few_pool, type="ShapValues").tolist(),
    }
    said["shap"] = explained(shap.TreeExplainer(model), few_pool)
    if columns_are is None:
        # shap's own algorithm refuses a leaf that no row reached: all leaves of this copy weigh one more
        with open(path) as file:
            filled = json.load(file)
        for tree in filled["oblivious_trees"]:
            tree["leaf_weights"] = [weight + 1 for weight in tree["leaf_weights"]]
        with open(os.path.join(folder, f"{name}.filled.json"), "w") as file:
            json.dump(filled, file)
        plain = plain_trees(filled, missing)
        said["shap_filled"] = explained(shap.TreeExplainer(plain, feature_perturbation="tree_path_dependent"), rows)
        said["shap_background"] = explained(shap.TreeExplainer(plain, data=few, feature_perturbation="interventional"), rows)
        said["background"] = [as_json(row) for row in few]
    with open(os.path.join(folder, f"{name}.said.json"), "w") as file:
        json.dump(said, file)
    print(name, flush=True)


case("numbers", *numbers(1, 4000, 10, 0), iterations=100, depth=6)
case("few-columns-depth-8", *numbers(2, 4000, 3, 0), iterations=50, depth=8)
case("missing-low", *numbers(3, 4000, 6, 0.2), iterations=60, depth=5)
case("missing-high", *numbers(4, 4000, 6, 0.2), missing="Max", iterations=60, depth=5)
case("values", *numbers(5, 4000, 8, 0), loss_function="RMSE", iterations=80, depth=6)
case("categories", *with_categories(6, 4000), columns_are=[3, 4], iterations=80, depth=6)
