## Arithmetic between integers and floats, which gives floats.

func `+`*[I: SomeInteger, F: SomeFloat](i: I, f: F): F = F(i) + f
func `+`*[I: SomeInteger, F: SomeFloat](f: F, i: I): F = f + F(i)
func `-`*[I: SomeInteger, F: SomeFloat](i: I, f: F): F = F(i) - f
func `-`*[I: SomeInteger, F: SomeFloat](f: F, i: I): F = f - F(i)
func `*`*[I: SomeInteger, F: SomeFloat](i: I, f: F): F = F(i) * f
func `*`*[I: SomeInteger, F: SomeFloat](f: F, i: I): F = f * F(i)
func `/`*[I: SomeInteger, F: SomeFloat](i: I, f: F): F = F(i) / f
func `/`*[I: SomeInteger, F: SomeFloat](f: F, i: I): F = f / F(i)
func `<`*[I: SomeInteger, F: SomeFloat](i: I, f: F): bool = F(i) < f
func `<`*[I: SomeInteger, F: SomeFloat](f: F, i: I): bool = f < F(i)
func `<=`*[I: SomeInteger, F: SomeFloat](i: I, f: F): bool = F(i) <= f
func `<=`*[I: SomeInteger, F: SomeFloat](f: F, i: I): bool = f <= F(i)
