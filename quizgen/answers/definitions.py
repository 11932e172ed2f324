"""The functions of the field by simpler ones: what a formula means, for numbers and for symbols alike.

Each definition is read by the parser of answers themselves, so there is no second place that says what `softplus` is.
"""

from __future__ import annotations

from quizgen.answers.expression import Node
from quizgen.answers.parse import parse

#: The variable of the definitions.
PARAMETER = "u"

_TEXTS = {
    "log10": "ln(u)/ln(10)",
    "log2": "ln(u)/ln(2)",
    "sinh": "(e^u - e^(-u))/2",
    "cosh": "(e^u + e^(-u))/2",
    "tanh": "1 - 2/(1 + e^(2*u))",
    "sech": "2/(e^u + e^(-u))",
    "sigmoid": "1/(1 + e^(-u))",
    "relu": "max(0, u)",
    "softplus": "ln(1 + e^u)",
    "swish": "u/(1 + e^(-u))",
    "leaky_relu": "max(0, u) + 0.01*min(0, u)",
    "sigmoid_prime": "e^u/(1 + e^u)^2",
    "tanh_prime": "4*e^(2*u)/(1 + e^(2*u))^2",
    "relu_prime": "step(u)",
    "softplus_prime": "1/(1 + e^(-u))",
    "swish_prime": "(1 + e^(-u) + u*e^(-u))/(1 + e^(-u))^2",
    "leaky_relu_prime": "0.01 + 0.99*step(u)",
}

#: Functions that are not elementary, as expressions in `PARAMETER`; one definition never uses another.
DEFINITIONS: dict[str, Node] = {name: parse(text, PARAMETER) for name, text in _TEXTS.items()}
