## What floats are like.

func fpRadix*(): int = 2
  ## The base of the exponent.

template mantissaDigits*(T: typedesc[float32]): int = 24
  ## How many bits the mantissa has.
template digits*(T: typedesc[float32]): int = 6
  ## How many decimal digits survive.
template minExponent*(T: typedesc[float32]): int = -125
template maxExponent*(T: typedesc[float32]): int = 128
template min10Exponent*(T: typedesc[float32]): int = -37
template max10Exponent*(T: typedesc[float32]): int = 38
template minimumPositiveValue*(T: typedesc[float32]): float32 = 1.17549435e-38'f32
template maximumPositiveValue*(T: typedesc[float32]): float32 = 3.40282347e+38'f32
template epsilon*(T: typedesc[float32]): float32 = 1.19209290e-07'f32
  ## What is between 1 and the next number.

template mantissaDigits*(T: typedesc[float64]): int = 53
template digits*(T: typedesc[float64]): int = 15
template minExponent*(T: typedesc[float64]): int = -1021
template maxExponent*(T: typedesc[float64]): int = 1024
template min10Exponent*(T: typedesc[float64]): int = -307
template max10Exponent*(T: typedesc[float64]): int = 308
template minimumPositiveValue*(T: typedesc[float64]): float64 = 2.2250738585072014e-308
template maximumPositiveValue*(T: typedesc[float64]): float64 = 1.7976931348623157e+308
template epsilon*(T: typedesc[float64]): float64 = 2.2204460492503131e-16
