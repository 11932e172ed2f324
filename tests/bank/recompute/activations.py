"""Activation functions: slopes, ends and inverses found numerically, printed formulas read and tried out."""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import autograd
import autograd.numpy as anp
import numpy as np
from autograd.scipy.special import expit
from recompute.networks import ACTIVATIONS
from recompute.reading import Exercise, family, real, reals
from scipy import optimize, special

#: Where two formulas are compared; 0 is left out, where some of them do not exist.
POINTS = np.array([-2.6, -1.1, -0.4, 0.3, 0.9, 2.2])

#: The names on the page of the functions by which they are computed.
NAMES = {
    "The sigmoid": expit, "The hyperbolic tangent": np.tanh, "ReLU": lambda x: np.maximum(x, 0),
    "Softplus": lambda x: np.logaddexp(0, x), "Leaky ReLU": lambda x: np.maximum(0.01 * x, x),
    "Swish": lambda x: x * expit(x),
}  # fmt: skip


def computed(e: Exercise) -> Callable[[Any], Any]:
    """The function of the exercise, stable far out."""
    if e["form"]["f"] == "parametric_relu":
        return lambda x: anp.maximum(float(e["given"]["alpha"]) * x, x)
    return (lambda x: anp.logaddexp(0.0, x)) if e["form"]["f"] == "softplus" else ACTIVATIONS[e["form"]["f"]]


def choose(e: Exercise) -> dict[str, Any]:
    """By what the task says about the numbers that come out."""
    task = e["question"]
    for pattern, answer in (
        (r"\*\*(hidden|convolutional) layers\*\*", "ReLU"),
        (r"exactly one of|in one language|next word|into one of", "Softmax"),
        (r"probability|between 0 and 1|several can fit", "The sigmoid"),
        (r"profit or loss|negative|degrees|per cent", "No activation"),
        (r"positive", "Softplus"),
    ):
        if re.search(pattern, task):
            return {"activation": answer}
    raise AssertionError(f"no rule fits {task}")


def derivatives(e: Exercise) -> dict[str, Any]:
    x = float(e["given"]["x"])
    if e["form"]["known"] == "g":  # the pre-activation that puts out the printed number
        value = float(e["given"]["g_0"])
        x = optimize.brentq(lambda x: float(computed(e)(x)) - value, -20.0, 20.0, xtol=1e-15)
    return {"d": autograd.grad(computed(e))(x)}


def dying_relu(e: Exercise) -> dict[str, Any]:
    w, b, X = family(e, "w"), family(e, "b"), real(e["given"]["X"])
    on = np.array([[np.dot(real(w[j]), x) + float(b[j]) > 0 for x in X] for j in (1, 2, 3)])
    dead = [f"Unit {j}" for j in (1, 2, 3) if not on[j - 1].any()]
    return {"N": int(on.sum()), "unit": dead[0] if dead else "None of them"}


def read(latex: str) -> Callable[[Any], Any]:
    """A printed formula in x as a function: fractions, powers of e, functions, products without a sign."""
    text = re.sub(r"\\left|\\right|\\,|\$", "", latex).replace(r"\lvert", "abs(").replace(r"\rvert", ")")
    text = re.sub(r"\\(max|min|tanh|ln)\b", r"\1", text.replace(r"\sigma", "sigma").replace(r"\alpha", "0.3"))
    text = re.sub(r"ln\s*sigma\(([^()]*)\)", r"ln(sigma(\1))", text)
    text = re.sub(r"e\^\{([^{}]*)\}|e\^(\w)", lambda m: f"exp({m[1] or m[2]})", text)
    while r"\frac" in text:
        text = re.sub(r"\\frac\{([^{}]*)\}\{([^{}]*)\}", r"((\1)/(\2))", text)
    text = text.replace("{", "(").replace("}", ")").replace("^", "**")
    tokens = re.findall(r"[\d.]+|[a-z]+|\*\*|\S", text)
    ends, begins = re.compile(r"[\d.]+|x|\)"), re.compile(r"[\d.]+|[a-z]+|\(")
    whole = "".join(
        token + ("*" if ends.fullmatch(token) and begins.fullmatch(after) else "")
        for token, after in zip(tokens, [*tokens[1:], ""], strict=True)
    )
    names = {
        "max": np.maximum, "min": np.minimum, "abs": np.abs, "exp": np.exp, "ln": np.log, "tanh": np.tanh,
        "sigma": special.expit,
    }  # fmt: skip
    return lambda x: eval(whole, {"__builtins__": {}}, {**names, "x": x})  # noqa: S307 the text is the bank's own


def equal_functions(e: Exercise) -> dict[str, Any]:
    asked = ACTIVATIONS[e["form"]["f"]](POINTS)

    def same(line: str) -> bool:
        with np.errstate(divide="ignore", invalid="ignore"):
            return bool(np.allclose(read(line)(POINTS), asked, rtol=1e-9))

    return {"same": same}


#: What the words say about a function, for questions without a formula.
WORDS = {
    "between zero and one,": "sigmoid", "minus one and one": "tanh", "makes all others zero": "ReLU",
    "smooth": "softplus", "shares": "softmax", "one hundredth": "leaky ReLU", "learned": "parametric ReLU",
    "the sigmoid of that number": "swish", "as it is": "linear",
}  # fmt: skip


def name_the_formula(e: Exercise) -> dict[str, Any]:
    shown = re.search(r"\$g.* = (.*?)\$ called", e["question"])
    if shown is None:
        return {"name": next(name for words, name in WORDS.items() if words in e["question"])}
    if r"\sum" in shown[1]:
        return {"name": "softmax"}
    values = read(shown[1])(POINTS)
    known = {
        "sigmoid": special.expit(POINTS), "tanh": np.tanh(POINTS), "ReLU": np.maximum(0, POINTS),
        "softplus": np.log1p(np.exp(POINTS)), "leaky ReLU": np.where(POINTS > 0, POINTS, POINTS / 100),
        "parametric ReLU": np.where(POINTS > 0, POINTS, 0.3 * POINTS), "swish": POINTS * special.expit(POINTS),
        "linear": POINTS,
    }  # fmt: skip
    return {"name": next(name for name, mine in known.items() if np.allclose(values, mine))}


def name_the_graph(e: Exercise) -> dict[str, Any]:
    """From the words that stand for the picture, and the picture's own points: the function that was drawn."""
    (figure,) = e["figures"]
    said = e["question"].split("![", 1)[1]
    name = (
        "The sigmoid" if "S-shaped" in said and "between 0" in said
        else "The hyperbolic tangent" if "S-shaped" in said
        else "ReLU" if "corner" in said
        else "Swish" if "dips" in said
        else "Softplus"
    )  # fmt: skip
    drawn = ACTIVATIONS[figure["arguments"]["f"]]
    assert np.allclose(drawn(POINTS), NAMES[name](POINTS)), f"drawn is {figure}, said is {said}"
    return {"name": name}


def parametric_relu(e: Exercise) -> dict[str, Any]:
    """In fractions: the function is made of lines, so small differences give its slopes exactly."""
    x, alpha, h = Fraction(e["given"]["x"]), Fraction(e["given"]["alpha"]), Fraction(1, 1000)

    def g(x: Fraction, alpha: Fraction) -> Fraction:
        return max(alpha * x, x)

    by_x, by_alpha = g(x + h, alpha) - g(x - h, alpha), g(x, alpha + h) - g(x, alpha - h)
    return {"g": g(x, alpha), "dg_dx": by_x / (2 * h), "dg_da": by_alpha / (2 * h)}


def value_range(e: Exercise) -> dict[str, Any]:
    """The ends of g from a search and from far out; an end belongs to the range where the search finds it."""
    a, b, g = float(e["given"]["a"]), float(e["given"]["b"]), computed(e)
    near = np.linspace(-30, 30, 60_001)
    values = g(near)
    lowest = optimize.minimize_scalar(g, bounds=(-3, 0), method="bounded", options={"xatol": 1e-9})
    below = float(g(np.array([-1e6]))[0]) < -100
    above = float(g(np.array([1e6]))[0]) > 100
    inside = near[values.argmin()] > -30 and e["form"]["f"] != "relu"  # it turns round before the left end
    low = float(lowest.fun) if inside else round(float(values.min()), 9)
    reached = inside or e["form"]["f"] == "relu"
    shown = re.sub(r"\.?0+$", "", f"{a * low + b:.3f}")
    if below:
        return {"interval": "all real numbers $y$"}
    if above:
        return {"interval": rf"$y \ge {shown}$" if reached else f"$y > {shown}$"}
    return {"interval": f"${shown} < y < {round(a * float(values.max()) + b)}$"}


def saturation(e: Exercise) -> dict[str, Any]:
    w, b, g = float(e["given"]["w"]), float(e["given"]["b"]), computed(e)
    x = 1000.0 if "to the right" in e["question"] else -1000.0
    far = 1000.0 if w * x + b > 0 else -1000.0
    slope = (g(w * (x + 1) + b) - g(w * (x - 1) + b)) / 2

    def flat(line: str) -> bool:
        return bool(abs(NAMES[line](far + 1) - NAMES[line](far - 1)) < 1e-6)

    return {"d": round(float(slope), 6), "saturated": flat}


def softplus_inverse(e: Exercise) -> dict[str, Any]:
    v = reals(e)
    y, w, b = float(v["y"]), float(v["w"]), float(v["b"])
    missing = {
        "value": lambda s: np.logaddexp(0, s) - y,
        "gap": lambda s: np.logaddexp(0, -s) - y,  # softplus(s) - s, without the loss of digits
        "neuron": lambda s: np.logaddexp(0, w * s + b if e["form"]["find"] == "x" else v["v"] @ v["x"] + s) - y,
    }[e["form"]["case"]]
    return {"s": optimize.brentq(missing, -50, 50, xtol=1e-13)}


def swish_minimum(e: Exercise) -> dict[str, Any]:
    v = reals(e)
    beta = float(v["beta"])

    def q(x: Any) -> Any:
        return anp.exp(beta * x) + beta * x + 1

    if "Newton" in e["question"]:
        x = float(v["t"]) / beta
        for _ in range(2):
            x -= q(x) / autograd.grad(q)(x)
    else:
        low, high = float(v["t_l"]) / beta, float(v["t_r"]) / beta
        for _ in range(3):
            middle = (low + high) / 2
            low, high = (middle, high) if q(middle) * q(high) < 0 else (low, middle)
        x = (low + high) / 2
    return {"x_end": x, "y": x * float(expit(beta * x))}


def tanh_by_sigmoid(e: Exercise) -> dict[str, Any]:
    """In fractions by 2 sigma(2z) = 1 + tanh(z), and then tried out."""
    given = e["given"]
    w, b, v, c = ([Fraction(entry) for entry in given["w"]], *(Fraction(given[name]) for name in "bvc"))
    to_sigmoid = e["form"]["to"] == "sigmoid"
    k = Fraction(2) if to_sigmoid else Fraction(1, 2)
    new = {
        "w_new": [k * entry for entry in w],
        "b_new": k * b,
        "v_new": k * v,
        "c_new": c - v if to_sigmoid else c + v / 2,
    }
    old_f, new_f = (np.tanh, special.expit) if to_sigmoid else (special.expit, np.tanh)
    for x in np.random.default_rng(0).normal(size=(5, len(w))):
        old = float(v) * old_f(real(w) @ x + float(b)) + float(c)
        mine = float(new["v_new"]) * new_f(real(new["w_new"]) @ x + float(new["b_new"])) + float(new["c_new"])
        assert np.isclose(old, mine), "the two networks differ"
    return new
