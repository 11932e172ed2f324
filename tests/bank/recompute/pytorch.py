"""The same questions asked of PyTorch: its layers, losses and optimisers, in double precision.

An oracle says what PyTorch computes; where a layer of PyTorch has no such variant, the answer is left out.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from recompute.reading import Exercise, Oracle, family, reals

try:
    import torch
    from torch import nn
    from torch.nn import functional
except ImportError:  # the tests that use this file are skipped then
    pass


def tensors(e: Exercise) -> dict[str, Any]:
    return {name: torch.tensor(value) for name, value in reals(e).items()}


def size(*modules: Any) -> int:
    return sum(parameter.numel() for module in modules for parameter in module.parameters())


def activation_values(e: Exercise) -> dict[str, Any]:
    v = tensors(e)
    functions: dict[str, Any] = {
        "linear": nn.Identity(), "sigmoid": nn.Sigmoid(), "tanh": nn.Tanh(), "relu": nn.ReLU(),
        "softplus": nn.Softplus(), "softmax": nn.Softmax(dim=0), "leaky_relu": nn.LeakyReLU(), "swish": nn.SiLU(),
        "parametric_relu": lambda x: functional.prelu(x, v["alpha"].reshape(1)),
    }  # fmt: skip
    return {"g": functions[e["form"]["f"]](v["x"]).numpy()}


def two_layer_gradients(e: Exercise) -> dict[str, Any]:
    v = tensors(e)
    parameters = {name: v[name].requires_grad_() for name in ("W_1", "b_1", "W_2", "b_2")}
    h = getattr(torch, e["form"]["f"])(functional.linear(v["x"], v["W_1"], v["b_1"]))
    z = functional.linear(h, v["W_2"], v["b_2"])
    softmax = e["form"]["last"] == "softmax"
    loss: Any = functional.cross_entropy(z, v["y"]) if softmax else functional.mse_loss(z, v["y"], reduction="sum") / 2
    loss.backward()
    return {f"dL_d{name}": parameter.grad.numpy() for name, parameter in parameters.items()}


def training_step(e: Exercise) -> dict[str, Any]:
    v = tensors(e)
    parameters = [v[name].requires_grad_() for name in ("w_1", "b_1", "w_2", "b_2")]
    descent = torch.optim.SGD(parameters, lr=float(v["alpha"]))

    def loss() -> Any:
        z = v["w_2"] * getattr(torch, e["form"]["f"])(v["w_1"] @ v["x"] + v["b_1"]) + v["b_2"]
        if e["form"]["task"] == "classification":
            return functional.binary_cross_entropy_with_logits(z, v["y"])
        return functional.mse_loss(z, v["y"]) / 2

    before = loss()
    before.backward()
    descent.step()
    w_1, _, w_2, _ = (parameter.detach().numpy() for parameter in parameters)
    return {"L": before.item(), "w_1_new": w_1, "w_2_new": w_2.item(), "L_new": loss().item()}


def softmax_cross_entropy(e: Exercise) -> dict[str, Any]:
    v = tensors(e)
    loss: Any = functional.cross_entropy(v["z"].requires_grad_(), v["y"].argmax())
    loss.backward()
    return {"dL_dz": v["z"].grad.numpy()}


def equal_units(e: Exercise) -> dict[str, Any]:
    v = tensors(e)
    W = v["w"].repeat(2, 1).requires_grad_()
    h = getattr(torch, e["form"]["f"])(W @ v["x"] + v["b"])
    loss: Any = functional.mse_loss(v["v"].expand(2) @ h + v["c"], v["y"]) / 2
    loss.backward()
    torch.optim.SGD([W], lr=float(v["alpha"])).step()
    return {"w_new[1]": W[0].detach().numpy(), "w_new[2]": W[1].detach().numpy()}


def convolution_layer(e: Exercise) -> dict[str, Any]:
    v, form = tensors(e), e["form"]
    image = torch.stack([v[f"X[{c}]"] for c in (1, 2)])
    kernels = torch.stack([torch.stack([v[f"K[{m},{c}]"] for c in (1, 2)]) for m in (1, 2)])
    z = functional.conv2d(image, kernels, torch.stack([v["b[1]"], v["b[2]"]]), stride=form["s"], padding=form["p"])
    maps = getattr(functional, form["g"])(z).numpy()
    return {"Y[1]": maps[0], "Y[2]": maps[1]}


def pooling(e: Exercise) -> dict[str, Any]:
    pool = functional.max_pool2d if e["id"] == "cnn/max-pooling" else functional.avg_pool2d
    return {"Y": pool(tensors(e)["X"][None], e["form"]["k"], e["form"]["s"])[0].numpy()}


def output_size(e: Exercise) -> dict[str, Any]:
    side, form = e["given"]["x"], e["form"]
    layer = nn.Conv2d(1, 1, e["given"]["f"], stride=form["s"], padding=form["p"])
    return {"n": layer(torch.zeros(1, side, side)).shape[-1]}


def network_table(e: Exercise) -> dict[str, Any]:
    given, form, channels = e["given"], e["form"], e["form"]["C_0"]
    layers: list[Any] = []
    f, p, C = (family(e, name) for name in "fpC")
    for block in (1, 2):
        layers += [nn.Conv2d(channels, C[block], f[block], padding=p[block]), nn.ReLU(), nn.MaxPool2d(2)]
        channels = C[block]
    image = torch.zeros(1, form["C_0"], given["x"], given["x"])
    side = nn.Sequential(*layers)(image).shape[-1]
    layers += [] if form["end"] == "flatten" else [nn.AdaptiveAvgPool2d(1)]
    length = nn.Sequential(*layers, nn.Flatten())(image).shape[-1]
    layers.append(nn.Linear(length, given["K"]))
    counts = [size(layer) for layer in layers if size(layer)]
    return {"m[2]": side, "D": length, "P_all": counts, "T": sum(counts)}


def cnn_to_rnn(e: Exercise) -> dict[str, Any]:
    given, form = e["given"], e["form"]
    convolution = nn.Conv2d(form["c"], given["K"], given["f"])
    maps = nn.MaxPool2d(given["m"])(convolution(torch.zeros(1, form["c"], given["h"], given["w"])))[0]
    if form["source"] == "line":
        sequence = maps.permute(2, 0, 1).flatten(1)
    else:
        vector = maps.flatten() if form["source"] == "flat" else maps.mean(dim=(1, 2))
        sequence = vector.repeat(given["T"], 1)
    cell: Any = (nn.LSTM if form["cell"] == "LSTM" else nn.RNN)(sequence.shape[1], given["H"])
    head = nn.Linear(given["H"], given["C"])
    states = cell(sequence)[0]
    second = cell.bias_hh_l0.numel()  # PyTorch keeps two bias vectors; the question says one
    outputs = head(states if form["end"] == "all" else states[-1]).numel()
    counted = size(convolution, cell, head) - second
    return {"n": sequence.shape[0], "D": sequence.shape[1], "P": counted, "o": outputs}


def lstm_parameters(e: Exercise) -> dict[str, Any]:
    given, form = e["given"], e["form"]
    cell: Any = nn.LSTM(given["D"], given["H"])
    second = 0 if form["biases"] == "two" else cell.bias_hh_l0.numel()
    return {"T": size(cell) - second + (size(nn.Linear(given["H"], form["M"])) if form["M"] else 0)}


def mlp_parameters(e: Exercise) -> dict[str, Any]:
    n = list(family(e, "n").values())
    return {"P_all": size(*(nn.Linear(a, b) for a, b in pairwise(n)))}


def layer_parameters(e: Exercise) -> dict[str, Any]:
    given, form = e["given"], e["form"]
    inputs = nn.Flatten()(torch.zeros(1, 3, given["h"], given["w"])).shape[1]
    layer = nn.Linear(inputs if form["input"] == "image" else given["D"], given["M"], bias=form["bias"] == "with")
    return {"n": size(layer)}


def lstm_step(e: Exercise) -> dict[str, Any]:
    v = tensors(e)
    cell = nn.LSTMCell(e["form"]["D"], 2, dtype=torch.float64)
    with torch.no_grad():
        cell.weight_ih.copy_(torch.cat([v[f"W_x{part}"].reshape(2, -1) for part in "ifco"]))
        cell.weight_hh.copy_(torch.cat([v[f"W_h{part}"] for part in "ifco"]))
        cell.bias_ih.copy_(torch.cat([v[f"b_{part}"] for part in "ifco"]))
        cell.bias_hh.zero_()
        h, C = cell(v["x_t"].reshape(1, -1), (v["h_prev"][None], v["C_prev"][None]))
    found = {"C_t": C[0].numpy()}
    return found | {"h_t": h[0].numpy()} if e["form"]["out"] == "tanh" else found


def rnn_step(e: Exercise) -> dict[str, Any]:
    v = tensors(e)
    if e["form"]["g"] != "tanh":  # PyTorch's cell has no sigmoid
        return {}
    cell = nn.RNNCell(e["form"]["D"], 2, dtype=torch.float64)
    with torch.no_grad():
        cell.weight_ih.copy_(v["W_xh"].reshape(2, -1))
        cell.weight_hh.copy_(v["W_hh"])
        cell.bias_ih.copy_(v["b_h"])
        cell.bias_hh.zero_()
        return {"h_t": cell(v["x_t"].reshape(1, -1), v["h_prev"][None])[0].numpy()}


def rnn_backward(e: Exercise) -> dict[str, Any]:
    v, targets = tensors(e), family(e, "y")
    w, h, states = v["w"].requires_grad_(), v["h_0"], []
    for x in v["x"]:
        h = getattr(torch, e["form"]["g"])(w * h + v["u"] * x + v["b"])
        states.append(h)
    sum((states[t - 1] - float(y)) ** 2 / 2 for t, y in targets.items()).backward()
    return {"dL_dw": w.grad.item()}


def adam(e: Exercise) -> dict[str, Any]:
    v, done = tensors(e), e["form"]["done"]
    w = v[f"w[{done}]"].requires_grad_()
    rate, beta_1, beta_2, epsilon = (float(v[name]) for name in ("alpha", "beta_1", "beta_2", "epsilon"))
    optimiser = torch.optim.Adam([w], lr=rate, betas=(beta_1, beta_2), eps=epsilon)
    optimiser.state[w] = {"step": torch.tensor(float(done)), "exp_avg": v[f"m[{done}]"], "exp_avg_sq": v[f"v[{done}]"]}
    for _ in range(2 if done == 0 else 1):
        optimiser.zero_grad()
        parabola = e["form"]["loss"] == "parabola"
        (v["a"] / 2 * (w - v["c"]) ** 2 if parabola else functional.mse_loss(w * v["x"], v["y"])).backward()
        optimiser.step()
    return {"w_new": w.item()}


ORACLES: dict[str, Oracle] = {
    "activations/values": activation_values,
    "architecture/cnn-to-rnn-shapes": cnn_to_rnn,
    "backpropagation/training-step": training_step,
    "backpropagation/two-layer-gradients": two_layer_gradients,
    "cnn/average-pooling": pooling,
    "cnn/convolution-layer": convolution_layer,
    "cnn/max-pooling": pooling,
    "cnn/network-table": network_table,
    "cnn/output-size": output_size,
    "dense/layer-parameters": layer_parameters,
    "dense/mlp-parameters": mlp_parameters,
    "initialisation/equal-units": equal_units,
    "losses/softmax-cross-entropy-gradient": softmax_cross_entropy,
    "lstm/full-step": lstm_step,
    "lstm/parameters": lstm_parameters,
    "rnn/backpropagation-through-time": rnn_backward,
    "rnn/one-step": rnn_step,
    "training/adam-step": adam,
}
