#! (1, 9) Error: number out of range: '300'u8'
#! (2, 9) Error: only single underscores may occur in a token and token may not end with an underscore: e.g. '1__1' and '1_' are invalid
#! (3, 9) Error: only single underscores may occur in a token and token may not end with an underscore: e.g. '1__1' and '1_' are invalid
#! (4, 11) Error: invalid number: '0x'
#! (5, 10) Error: invalid number: '5abc'
#! (6, 10) Error: 0O17 is an invalid int literal; For octal literals use the '0o' prefix.
#! (7, 9) Error: invalid number: '1e'
#! (8, 10) Error: invalid number suffix: 'i7'
#! (9, 9) Error: number out of range: '12345678901234567890123'
#! (10, 10) Error: number out of range: '129'i8'
#! (11, 12) Error: invalid number: '1.5.5'
#! (12, 9) Error: closing " expected
#! (13, 11) Error: missing closing ' for character literal
#! (14, 10) Error: invalid character literal
#! (15, 10) Error: invalid character literal
#! (16, 12) Error: expected a hex digit, but found: Z; maybe prepend with 0
#! (17, 11) Error: invalid character constant
#! (18, 13) Error: Unicode codepoint cannot be empty
#! (19, 20) Error: Unicode codepoint must be lower than 0x10FFFF, but was: 110000
#! (20, 6) Error: invalid token: _ (\95)
#! (21, 5) Error: invalid token: trailing underscore
#! (22, 12) Error: invalid number: '0b12'
let a = 300'u8
let b = 1__0
let c = 1_
let d = 0x
let e = 5abc
let f = 0O17
let g = 1e
let h = 5i7
let i = 12345678901234567890123
let j = -129'i8
let k = 1.5.5
let l = "abc
let m = 'ab'
let n = '
let o = ''
let p = "\xZ1"
let q = "\q" & "\999"
let r = "\u{}"
let s = "\u{110000}"
let _t = 1
let u_ = 2
let v = 0b12
