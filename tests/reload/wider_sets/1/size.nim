type
  Number* = uint16
  Small* = range[0 .. 20]
