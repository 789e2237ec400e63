type
  Limits = object
    low = 1
    high = 99
    words = @["none"]
    extra = "x"
  Inner = object
    a: int
    b = 8
    text = "dflt"
  Conf = ref object
    limits: Limits
    name: string
    volume = 0.5
    inner: Inner
    list: seq[Inner]
var conf: Conf
proc show*() =
  echo conf.name, " ", conf.volume, " ", conf.limits.words, " ", conf.limits.extra
  echo conf.inner.a, " ", conf.inner.b, " ", conf.inner.text
