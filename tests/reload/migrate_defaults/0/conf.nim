type
  Inner = object
    a: int
  Conf = ref object
    name: string
    inner: Inner
    list: seq[Inner]
var conf = Conf(name: "first", inner: Inner(a: 1), list: @[Inner(a: 2), Inner(a: 3)])
proc show*() = echo conf.name, " ", conf.inner.a, " ", conf.list.len
