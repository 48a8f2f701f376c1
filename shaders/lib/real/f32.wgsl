// The numbers that are multiplied: f32.

alias real = f32;
