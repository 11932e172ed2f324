"""Which layers share parameters and in which order they stand, by the words; how many are saved, by counting arrays."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
from recompute.counting import cell_size, dense_size, filters_size, stops
from recompute.reading import Exercise

#: What a part of a network is there for, by how the question asks.
ROLES = {
    "What do the convolutional layers learn?": "Patterns such as edges",
    "What do the dense layers at the end learn?": "Which kind of bird belongs",
    "What do the pooling layers do?": "They make the feature maps smaller and less",
    "What is the flattening for?": "It makes one vector of all feature maps",
}


def layer_order(e: Exercise) -> dict[str, Any]:
    text = e["question"]
    for asked, answer in ROLES.items():
        if asked in text:
            return {"stage": answer}
    needed = ["recurrent", "last hidden", "dense"] if "sentences" in text else ["convolution", "pooling", "flattening"]
    needed += ["recurrent"] if "film" in text else []
    needed += ["dense"] if "dense" not in needed else []
    end = "dense layer without activation" if "per cent" in text else "softmax"

    def fits(line: str) -> bool:
        places = [line.find(word) for word in needed]
        return min(places) >= 0 and places == sorted(places) and line.endswith(end) and line.count("softmax") < 2

    return {"stage": fits}


def shared_parameters(e: Exercise) -> dict[str, Any]:
    given, layer, c = e["given"], e["form"]["layer"], e["form"]["c"]
    T, D, K, f = (given[name] for name in "TDKf")
    places = T
    shared, inputs = {
        "conv2d": (filters_size(c, K, f), np.zeros((given["h"], given["w"], c))),
        "conv1d": (np.zeros((K, f, D)).size + np.zeros(K).size, np.zeros((T, D))),
        "rnn": (cell_size(D, K, sets=1), np.zeros((T, D))),
        "each": (dense_size(D, K), np.zeros((T, D))),
    }[layer]
    if layer == "conv2d":
        places = stops(given["w"], f) * stops(given["h"], f)
    if layer == "conv1d":
        places = stops(T, f)
    own = sum(shared for _ in range(places))
    return {"P": shared, "Q": own - shared, "R": dense_size(inputs.size, np.zeros((places, K)).size)}


def what_is_shared(e: Exercise) -> dict[str, Any]:
    text = e["question"].split("\n\n")[0]
    if re.search(r"dense layer", text):
        return {"shared": "Nowhere within one example"}
    if re.search(r"each of the|[Ss]eries|film\b", text, re.IGNORECASE):
        return {"shared": "From place to place in the image, and"}
    time = re.search(r"recurrent|LSTM|GRU|one-dimensional|along time|words", text)
    return {
        "shared": "From time step to time step" if time else (lambda line: line == "From place to place in the image")
    }
