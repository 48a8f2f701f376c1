enable f16;
// The numbers that are multiplied: f16.

alias real = f16;
