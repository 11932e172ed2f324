"""Scales of random initial weights: the limit of a uniform draw from [−limit, limit], the std of a normal draw.

fan_in is the number of inputs of a unit, D for a dense layer and f_h·f_w·c_in for a convolution; fan_out is the number
of units that each input feeds, M or f_h·f_w·c_out.
"""

from __future__ import annotations

import math

from quizgen.core.shapes import as_count, as_number


def glorot_std(fan_in: int, fan_out: int) -> float:
    """√(2 / (fan_in + fan_out)), for tanh and sigmoid.

    Source: Glorot, Bengio, "Understanding the difficulty of training deep feedforward neural networks", 2010.

    Raises:
        UsageError: if a fan is not a whole number of at least 1.
    """
    fans = as_count(fan_in, "glorot_std: fan_in") + as_count(fan_out, "glorot_std: fan_out")
    return math.sqrt(2 / fans)


def glorot_limit(fan_in: int, fan_out: int) -> float:
    """√(6 / (fan_in + fan_out)): uniform in [−limit, limit] has the variance of `glorot_std`.

    Raises:
        UsageError: if a fan is not a whole number of at least 1.
    """
    fans = as_count(fan_in, "glorot_limit: fan_in") + as_count(fan_out, "glorot_limit: fan_out")
    return math.sqrt(6 / fans)


def he_std(fan_in: int) -> float:
    """√(2 / fan_in), for ReLU, which lets half of the variance through.

    Source: He, Zhang, Ren, Sun, "Delving deep into rectifiers", 2015.

    Raises:
        UsageError: if the fan is not a whole number of at least 1.
    """
    return math.sqrt(2 / as_count(fan_in, "he_std: fan_in"))


def he_limit(fan_in: int) -> float:
    """√(6 / fan_in): uniform in [−limit, limit] has the variance of `he_std`.

    Raises:
        UsageError: if the fan is not a whole number of at least 1.
    """
    return math.sqrt(6 / as_count(fan_in, "he_limit: fan_in"))


def uniform_variance(low: float, high: float) -> float:
    """(high − low)² / 12, the variance of a uniform draw from [low, high].

    Raises:
        UsageError: if high is less than low.
    """
    a = as_number(low, "uniform_variance: low")
    return (as_number(high, "uniform_variance: high", at_least=a) - a) ** 2 / 12
