type
  Number* = uint8
  Small* = range[0 .. 20]
