"""Ground truth in NumPy: no text, no randomness, one concept a file.

Import what you need from the file of its concept, `from quizgen.core.lstm import lstm_step`; `table.FUNCTIONS` has
everything that question files may call, by name.

- one neuron to a network: `perceptron`, `activations`, `activation_derivatives`, `dense`, `losses`, `gradients`
- training: `training`, `optimizers`, `quadratic`, `initialisation`, `clipping`, `spectral`
- images: `convolution`, `pooling`, `conv_arithmetic`
- sequences: `rnn`, `lstm`, `lstm_backward`, `gru`
- whole networks: `layers`, `image_layers`, `sequence_layers`, `network`, `architectures`
- derivatives: `operations` (functions with their rules), `tape` (reverse mode), `dual` (forward mode),
  `finite_differences`

Convolution is cross-correlation; arrays of images are channels first, shapes of layers are (w, h, c) as in the
lecture; sgn(0) = +1, ReLU'(0) = 0; logarithms are natural.
"""
