//! The smallest host: `cargo run --example minimal`.

/// Loads the module and greets.
pub fn main() -> Result<(), midair::Error> {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/minimal.nim");
    let program = midair::Program::builder().load(file)?;
    let greet = program.proc::<fn(&str) -> String>("minimal", "greet")?;
    println!("{}", greet.call("world")?);
    Ok(())
}
