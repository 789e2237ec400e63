//! Builds the crate again when a standard module is added or changed: they are embedded.

fn main() {
    println!("cargo::rerun-if-changed=lib");
    println!("cargo::rerun-if-changed=build.rs");
}
