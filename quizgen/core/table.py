"""The functions of the core that a question file may call by name under `truth`.

A name stands for one function everywhere. The elementary functions are those that the tape and dual numbers
differentiate, so that `f(a, b) = sigmoid(a * b)` can be handed to `gradient`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from quizgen.core import operations as op
from quizgen.core.activation_derivatives import activation_derivative, softmax_jacobian
from quizgen.core.activations import activation
from quizgen.core.clipping import angle_between, clip_by_norm, clip_by_value
from quizgen.core.conv_arithmetic import (
    conv_multiply_accumulates,
    conv_output_size,
    conv_parameters,
    dense_multiply_accumulates,
    dense_parameters,
    pool_output_size,
    receptive_field,
    same_padding,
)
from quizgen.core.convolution import (
    conv1d,
    conv1d_backward,
    conv2d,
    conv2d_backward,
    conv2d_input_gradient,
    conv2d_kernel_gradient,
    true_conv1d,
    true_conv2d,
)
from quizgen.core.dense import collapse, dense, mlp_forward
from quizgen.core.dual import jvp
from quizgen.core.finite_differences import central_difference, forward_difference, relative_error
from quizgen.core.gradients import mlp_gradients
from quizgen.core.gru import gru_parameters, gru_sequence, gru_step
from quizgen.core.image_layers import AveragePool2D, Conv2D, GlobalPool, MaxPool2D
from quizgen.core.initialisation import glorot_limit, glorot_std, he_limit, he_std, uniform_variance
from quizgen.core.layers import Dense, Dropout, Flatten, Reshape
from quizgen.core.losses import (
    binary_cross_entropy,
    binary_cross_entropy_gradient,
    categorical_cross_entropy,
    categorical_cross_entropy_gradient,
    mean_squared_error,
    mean_squared_error_gradient,
    sigmoid_cross_entropy,
    sigmoid_cross_entropy_gradient,
    softmax_cross_entropy,
    softmax_cross_entropy_gradient,
)
from quizgen.core.lstm import (
    cell_state_gradient,
    lstm_cell_state,
    lstm_gate,
    lstm_hidden,
    lstm_parameters,
    lstm_proposal,
    lstm_sequence,
    lstm_step,
)
from quizgen.core.lstm_backward import lstm_backward
from quizgen.core.network import multiply_accumulates, parameters, shapes, summary
from quizgen.core.optimizers import (
    adam_step,
    gradient_descent_step,
    linear_model_gradient,
    momentum_step,
    steps_per_epoch,
    training_steps,
)
from quizgen.core.perceptron import perceptron_epoch, perceptron_output, perceptron_train, perceptron_update
from quizgen.core.pooling import (
    average_pool2d,
    average_pool2d_backward,
    global_average_pool,
    global_max_pool,
    max_pool2d,
    max_pool2d_backward,
)
from quizgen.core.quadratic import critical_learning_rate, quadratic_descent, quadratic_verdict
from quizgen.core.rnn import rnn_backward, rnn_cell, rnn_output, rnn_parameters, rnn_sequence, scalar_bptt
from quizgen.core.sequence_layers import GRU, LSTM, RNN, Conv1D, Embedding, TimeDistributed
from quizgen.core.spectral import (
    classify_critical_point,
    spectral_radius,
    steps_above,
    steps_below,
    symmetric_eigen,
    symmetric_power,
)
from quizgen.core.tape import grad
from quizgen.core.training import train_mlp


def gradient(f: Callable[..., Any], argument: int, *values: Any) -> Any:
    """∂f/∂(argument number `argument`, from 0) at `values`, by the tape. f returns a single number."""
    return grad(f, argument)(*values)


_LISTED: tuple[Callable[..., Any], ...] = (
    activation, activation_derivative, softmax_jacobian,
    perceptron_output, perceptron_update, perceptron_epoch, perceptron_train,
    dense, mlp_forward, collapse, mlp_gradients,
    mean_squared_error, mean_squared_error_gradient, binary_cross_entropy, binary_cross_entropy_gradient,
    categorical_cross_entropy, categorical_cross_entropy_gradient, sigmoid_cross_entropy,
    sigmoid_cross_entropy_gradient, softmax_cross_entropy, softmax_cross_entropy_gradient,
    gradient_descent_step, momentum_step, adam_step, linear_model_gradient, steps_per_epoch, training_steps,
    train_mlp, quadratic_descent, quadratic_verdict, critical_learning_rate,
    gradient, jvp, central_difference, forward_difference, relative_error,
    glorot_limit, glorot_std, he_limit, he_std, uniform_variance,
    clip_by_value, clip_by_norm, angle_between,
    conv1d, conv2d, true_conv1d, true_conv2d, conv1d_backward, conv2d_backward, conv2d_input_gradient,
    conv2d_kernel_gradient, max_pool2d, average_pool2d, global_max_pool, global_average_pool, max_pool2d_backward,
    average_pool2d_backward, conv_output_size, pool_output_size, same_padding, conv_parameters, dense_parameters,
    conv_multiply_accumulates, dense_multiply_accumulates, receptive_field,
    rnn_cell, rnn_output, rnn_sequence, rnn_parameters, rnn_backward, scalar_bptt,
    lstm_gate, lstm_proposal, lstm_cell_state, lstm_hidden, lstm_step, lstm_sequence, lstm_parameters,
    lstm_backward, cell_state_gradient, gru_step, gru_sequence, gru_parameters,
    symmetric_eigen, symmetric_power, spectral_radius, steps_below, steps_above, classify_critical_point,
    parameters, shapes, summary, multiply_accumulates,
    Dense, Conv2D, MaxPool2D, AveragePool2D, GlobalPool, Flatten, Reshape, Dropout, Conv1D, Embedding,
    TimeDistributed, RNN, LSTM, GRU,
)  # fmt: skip

#: By name: everything that `truth` can call.
FUNCTIONS: Mapping[str, Callable[..., Any]] = {
    **{function.__name__: function for function in _LISTED},
    "exp": op.exp,
    "ln": op.log,
    "sqrt": op.sqrt,
    "sin": op.sin,
    "cos": op.cos,
    "tanh": op.tanh,
    "sigmoid": op.sigmoid,
    "relu": op.relu,
    "softplus": op.softplus,
    "softmax": op.softmax,
    "stack": op.stack,
    "dot": op.dot,
    "norm": np.linalg.norm,
    "outer": np.outer,
    "diag": np.diag,
    "array": np.array,
    "sum_of": op.sum,
    "mean_of": op.mean,
}
