type
  Number* = uint8
  Small* = range[2 .. 9]
