"""Which function recomputes which question. A new question needs no entry; one line here gives it an oracle."""

from __future__ import annotations

from recompute import counting, learning, networks
from recompute.reading import Oracle

ORACLES: dict[str, Oracle] = {
    "activations/values": networks.activation_values,
    "architecture/cnn-to-rnn-shapes": counting.cnn_to_rnn,
    "architecture/network-for-data": learning.network_for_data,
    "backpropagation/activation-derivative": networks.activation_derivative,
    "backpropagation/computational-graph": networks.computational_graph,
    "backpropagation/training-step": networks.training_step,
    "backpropagation/two-layer-gradients": networks.two_layer_gradients,
    "cnn/convolution-layer": networks.convolution_layer,
    "cnn/max-pooling": networks.pooling,
    "cnn/network-table": counting.network_table,
    "cnn/output-size": counting.output_size,
    "dense/forward-two-layers": networks.dense_forward,
    "dense/layer-parameters": counting.layer_parameters,
    "dense/mlp-parameters": counting.mlp_parameters,
    "difficulties/hessian": learning.hessian,
    "difficulties/vanishing-bound": learning.vanishing_bound,
    "initialisation/equal-units": networks.equal_units,
    "losses/softmax-cross-entropy-gradient": networks.softmax_cross_entropy,
    "lstm/forget-gate": networks.lstm_gate,
    "lstm/full-step": networks.lstm_step,
    "lstm/parameters": counting.lstm_parameters,
    "perceptron/epoch": learning.perceptron_epoch,
    "perceptron/update-step": learning.perceptron_update,
    "rnn/backpropagation-through-time": networks.rnn_backward,
    "rnn/clip-by-norm": networks.clip_by_norm,
    "rnn/matrix-power": learning.matrix_power,
    "rnn/one-step": networks.rnn_step,
    "training/adam-step": learning.adam,
    "training/descent-on-a-quadratic": learning.descent,
    "training/learning-rate-diagnosis": learning.diagnosis,
}
