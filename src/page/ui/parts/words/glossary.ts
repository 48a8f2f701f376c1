import { mark } from "../../../../language/language";
/** Terms of art that the page uses, each with what it means in a sentence or two. */
export const glossary = {
  // Memory
  live: mark("GPU memory that is taken at this moment."),
  peak: mark("The most GPU memory that was taken at one time since the page was opened."),
  planned: mark("GPU memory that this model takes by its plan, with the chosen context full."),
  budget: mark("GPU memory that models may take. The settings have a field for it: “GPU memory for models”."),
  "stays the same": mark(
    "Weights, states and buffers: they take the same memory however long the chat gets.",
  ),
  grows: mark("Keys and values of the layers with full attention: each token of the chat adds its own."),
  weights: mark(
    "The model’s numbers, as its file has them or rounded on the way. They do not change while you chat.",
  ),
  "recurrent state": mark(
    "The memory of a DeltaNet layer: a matrix for each of its heads. It has the same size however long the chat gets.",
  ),
  "convolution state": mark(
    "The last inputs of a DeltaNet layer’s short convolution, which mixes each token with the three before it.",
  ),
  "KV cache": mark(
    "Keys and values of every token so far, which the layers with full attention look back at. It grows with the chat.",
  ),
  checkpoints: mark(
    "Copies of the recurrent state at earlier places of the chat. An edited question goes on from one instead of reading all again.",
  ),
  activations: mark("What the layers hand to one another while tokens are read or written."),
  staging: mark(
    "Buffers through which the weights reach the GPU. They are given back when the model has loaded.",
  ),
  // The model
  DeltaNet: mark(
    "A layer of linear attention. For each head it keeps a matrix that every token fades a little and writes into.",
  ),
  "full attention": mark(
    "A layer that compares each token with every token before it. Every fourth layer is one; its keys and values grow.",
  ),
  head: mark(
    "One of several memories, or views, that a layer has side by side, each with numbers of its own.",
  ),
  state: mark("The matrix that a DeltaNet head remembers with: it answers keys with values."),
  key: mark("The numbers under which a token stores something: the columns of the state."),
  value: mark("The numbers that a token stores under its key: the rows of the state."),
  norm: mark(
    "The length of the state, taken as one long vector: the root of the sum of its squares. It tells how much the head holds.",
  ),
  "half-life": mark(
    "Tokens after which half of the state would be left, if each of them faded it as much as this one.",
  ),
  β: mark(
    "The strength of a token’s writing, from 0 to 1: how far what is stored under its key moves to its value. At 0 nothing is written.",
  ),
  wrote: mark("The norm of what the token changed in the state by writing."),
  "attention weight": mark(
    "The share of its attention that a head gave to a position. All shares make 100 %.",
  ),
  // Time
  kernel: mark("A small program on the GPU: a product of matrices, a norm, a step of attention."),
  dispatch: mark("One order to the GPU to run a kernel."),
  pipeline: mark("A kernel as the browser compiled it for this GPU, with its constants filled in."),
  workgroups: mark("Groups of 32 to 256 lanes that a dispatch starts, along three axes."),
  bindings: mark("The buffers that a dispatch reads and writes."),
  "±": mark(
    "Half of what repeated measurements differ by, or what the clock can not tell apart, if that is more.",
  ),
  runs: mark("How often the kernel was timed. The time is the mean."),
  "read rate": mark(
    "The speed at which this device reads memory at best, measured here. Near 100 %, only fewer bytes would be faster.",
  ),
  "f32 rate": mark(
    "The number of 32-bit multiplications and additions that this device does in a second at best, measured here.",
  ),
  encode: mark("The worker writes down the commands of a step."),
  submit: mark("The worker hands the commands to the browser’s GPU process."),
  "read back": mark("The token that was drawn comes from the GPU’s memory to the worker."),
  // The engine
  "steps in flight": mark(
    "Tokens that the GPU was asked for and has not answered yet. Several at once keep it busy.",
  ),
  "numbers checked": mark(
    "The same tokens were read as a prompt and drawn as an answer, by other kernels. Both gave the same numbers, up to rounding.",
  ),
  shader: mark("A kernel as text, in WGSL. The browser compiles it for this GPU."),
  variant: mark("One of several ways to compute the same product. The fastest one on this device is used."),
  check: mark("Whether the variant gave the same numbers as the plain form of the kernel."),
  "subgroup sizes": mark("Numbers of lanes that work in step on this GPU and can read each other’s values."),
  feature: mark("An ability of WebGPU that only some devices have."),
  limit: mark("The most of something that WebGPU allows on this device."),
} as const;

export type TermName = keyof typeof glossary;
