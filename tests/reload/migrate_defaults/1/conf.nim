type
  Limits = object
    low = 1
    high = 99
    words = @["none"]
  Inner = object
    a: int
    b = 7
    text = "dflt"
  Conf = ref object
    limits: Limits
    name: string
    volume = 0.5
    inner: Inner
    list: seq[Inner]
var conf: Conf
proc show*() =
  echo conf.name, " ", conf.volume, " ", conf.limits.low, " ", conf.limits.high, " ", conf.limits.words
  echo conf.inner.a, " ", conf.inner.b, " ", conf.inner.text
  for i in conf.list: echo i.a, " ", i.b, " ", i.text
  conf.limits.words.add "more"
  conf.inner.text.add "!"
