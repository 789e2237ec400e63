## What floats are like.

template fpRadix*: int = 2
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

# The state of the processor's floats, as C has it.

when defined(arm64):
  const
    FE_INVALID* = 1.cint
    FE_DIVBYZERO* = 2.cint
    FE_OVERFLOW* = 4.cint
    FE_UNDERFLOW* = 8.cint
    FE_INEXACT* = 16.cint
    FE_TONEAREST* = 0.cint
    FE_UPWARD* = 0x400000.cint
    FE_DOWNWARD* = 0x800000.cint
    FE_TOWARDZERO* = 0xc00000.cint
else:
  const
    FE_INVALID* = 1.cint ## An operation without a result.
    FE_DIVBYZERO* = 4.cint ## A division by zero.
    FE_OVERFLOW* = 8.cint ## A result that is too large.
    FE_UNDERFLOW* = 16.cint ## A result that is too small.
    FE_INEXACT* = 32.cint ## A result that was rounded.
    FE_TONEAREST* = 0.cint ## Rounding to the nearest.
    FE_DOWNWARD* = 0x400.cint
    FE_UPWARD* = 0x800.cint
    FE_TOWARDZERO* = 0xc00.cint
const FE_ALL_EXCEPT* = FE_INVALID or FE_DIVBYZERO or FE_OVERFLOW or FE_UNDERFLOW or FE_INEXACT

type
  Tfenv* {.bycopy.} = object
    ## All of the state.
    raw: array[8, int32]
  Tfexcept* = uint16
    ## What has happened.

let FE_DFL_ENV* = cast[ptr Tfenv](-1) ## The state that a program starts with.

proc feclearexcept*(excepts: cint): cint {.importc, cdecl.}
proc fegetexceptflag*(flagp: ptr Tfexcept, excepts: cint): cint {.importc, cdecl.}
proc feraiseexcept*(excepts: cint): cint {.importc, cdecl.}
proc fesetexceptflag*(flagp: ptr Tfexcept, excepts: cint): cint {.importc, cdecl.}
proc fetestexcept*(excepts: cint): cint {.importc, cdecl.}
proc fegetround*(): cint {.importc, cdecl.}
proc fesetround*(roundingDirection: cint): cint {.importc, cdecl.}
proc fegetenv*(envp: ptr Tfenv): cint {.importc, cdecl.}
proc feholdexcept*(envp: ptr Tfenv): cint {.importc, cdecl.}
proc fesetenv*(a1: ptr Tfenv): cint {.importc, cdecl.}
proc feupdateenv*(envp: ptr Tfenv): cint {.importc, cdecl.}
