//! Makes an instruction set and says which, so that Cranelift is linked.

fn main() {
    let builder = cranelift_native::builder().expect("a known processor");
    let _ = cranelift_frontend::FunctionBuilderContext::new();
    println!("{}", builder.triple());
}
