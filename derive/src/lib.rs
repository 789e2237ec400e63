//! `#[derive(Guest)]`: tells midair the layout of a Rust struct or enum, so that Nim code and Rust code share its values.
//!
//! In: a struct with named fields, or an enum without fields with a `#[repr]` of an integer. Out: an implementation of `midair::Guest` whose
//! constant names each field with its type and its offset, or each variant with its value. That of a `#[repr(C)]` struct has
//! the offsets that `offset_of!` gives, and implements `midair::host::Plain` too: its bytes are the guest's. Any other
//! struct has the offsets of a C struct with the guest's forms of its fields, and is copied field by field. Nothing is
//! compared here: midair does that when a program uses the type.

use proc_macro::TokenStream;
use quote::quote;
use syn::{
    Data, DataEnum, DeriveInput, Error, Fields, FieldsNamed, Ident, LitStr, Result,
    parse_macro_input,
};

/// Lets Nim code share values of a struct or enum. The Nim type has fields of the same names, types and order.
///
/// A struct with `#[repr(C)]` shares its bytes: it goes as `&T`, `&mut T`, `&[T]` without a copy. Its fields are numbers, `bool`s, enums, arrays and
/// other such structs; derive `Clone` and `Copy` too. A struct without it may have texts, lists, tuples and options as fields;
/// values of it are copied field by field, as parameters, results and parts of others.
///
/// A name can be given another form in Nim by `#[guest(name = "…")]`, on the type, a field or a variant.
///
/// An enum needs a variant with the value 0, since Nim clears fresh memory.
#[proc_macro_derive(Guest, attributes(guest))]
pub fn guest(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    let made = match &input.data {
        Data::Struct(data) => structure(&input, &data.fields),
        Data::Enum(data) => enumeration(&input, data),
        Data::Union(_) => Err(Error::new_spanned(&input.ident, "a union has no Nim type")),
    };
    made.unwrap_or_else(|error| error.to_compile_error()).into()
}

/// `#[guest(name = "…")]`, or the name itself.
fn name_of(attrs: &[syn::Attribute], ident: &Ident) -> Result<String> {
    let mut name = ident.to_string().trim_start_matches("r#").to_owned();
    for attr in attrs.iter().filter(|attr| attr.path().is_ident("guest")) {
        attr.parse_nested_meta(|meta| {
            if !meta.path.is_ident("name") {
                return Err(meta.error("expected `name = \"…\"`"));
            }
            name = meta.value()?.parse::<LitStr>()?.value();
            Ok(())
        })?;
    }
    Ok(name)
}

/// The arguments of `#[repr(…)]`.
fn reprs(input: &DeriveInput) -> Result<Vec<Ident>> {
    let mut found = Vec::new();
    for attr in input
        .attrs
        .iter()
        .filter(|attr| attr.path().is_ident("repr"))
    {
        attr.parse_nested_meta(|meta| {
            if meta.input.peek(syn::token::Paren) {
                return Err(meta.error("Nim lays a struct out as C does, without changes"));
            }
            found.extend(meta.path.get_ident().cloned());
            Ok(())
        })?;
    }
    Ok(found)
}

fn structure(input: &DeriveInput, fields: &Fields) -> Result<proc_macro2::TokenStream> {
    let ident = &input.ident;
    if !input.generics.params.is_empty() {
        return Err(Error::new_spanned(
            &input.generics,
            "a generic struct has no one Nim type",
        ));
    }
    let is_plain = reprs(input)?.iter().any(|repr| repr == "C");
    let Fields::Named(fields) = fields else {
        return Err(Error::new_spanned(
            ident,
            "the fields need names, as in Nim",
        ));
    };
    let name = name_of(&input.attrs, ident)?;
    if !is_plain {
        return copied(ident, &name, fields);
    }
    let mut wants = Vec::new();
    let mut types = Vec::new();
    for field in &fields.named {
        let (Some(field_ident), ty) = (&field.ident, &field.ty) else {
            continue;
        };
        let field_name = name_of(&field.attrs, field_ident)?;
        types.push(ty);
        wants.push(quote! {
            ::midair::host::FieldWant {
                name: #field_name,
                offset: ::std::mem::offset_of!(#ident, #field_ident),
                want: <#ty as ::midair::Guest>::WANT,
            }
        });
    }
    Ok(quote! {
        // SAFETY: the constant names the fields, and where they are; their types are plain.
        unsafe impl ::midair::Guest for #ident {
            const WANT: ::midair::host::Want = ::midair::host::Want::Object(&::midair::host::ObjectWant {
                name: #name,
                size: ::std::mem::size_of::<#ident>(),
                align: ::std::mem::align_of::<#ident>(),
                fields: &[#(#wants),*],
            });
            ::midair::__plain_struct!();
        }
        // SAFETY: all fields are plain, as is checked below.
        unsafe impl ::midair::host::Plain for #ident {}
        const _: () = {
            const fn plain<T: ::midair::host::Plain>() {}
            #(plain::<#types>();)*
        };
    })
}

/// A struct whose values are copied field by field.
fn copied(ident: &Ident, name: &str, fields: &FieldsNamed) -> Result<proc_macro2::TokenStream> {
    if fields.named.is_empty() {
        return Err(Error::new_spanned(
            ident,
            "a struct without fields has nothing to copy",
        ));
    }
    let mut wants = Vec::new();
    let (mut idents, mut types, mut indices) = (Vec::new(), Vec::new(), Vec::new());
    for (index, field) in fields.named.iter().enumerate() {
        let (Some(field_ident), ty) = (&field.ident, &field.ty) else {
            continue;
        };
        let field_name = name_of(&field.attrs, field_ident)?;
        wants.push(quote! {
            ::midair::host::FieldWant {
                name: #field_name,
                offset: ::midair::host::__component(PARTS, #index),
                want: <#ty as ::midair::Guest>::WANT,
            }
        });
        idents.push(field_ident);
        types.push(ty);
        indices.push(index);
    }
    let stores = (0..idents.len()).map(|at| {
        let (field, ty, index) = (idents[at], types[at], indices[at]);
        let (before, of) = (&types[..at], &indices[..at]);
        quote! {
            let stored = <#ty as ::midair::Guest>::store(
                &self.#field,
                at.add(::midair::host::__component(PARTS, #index)),
                memory,
            );
            if stored.is_err() {
                #(<#before as ::midair::Guest>::discard(at.add(::midair::host::__component(PARTS, #of)), memory);)*
                return stored;
            }
        }
    });
    Ok(quote! {
        const _: () = {
            const PARTS: &[::midair::host::Want] = &[#(<#types as ::midair::Guest>::WANT),*];
            // SAFETY: an object is its fields, laid out as C lays out a struct of them.
            unsafe impl ::midair::Guest for #ident {
                const WANT: ::midair::host::Want = ::midair::host::Want::Object(&::midair::host::ObjectWant {
                    name: #name,
                    size: ::midair::host::__struct(PARTS).0,
                    align: ::midair::host::__struct(PARTS).1,
                    fields: &[#(#wants),*],
                });
                type Given<'a> = Self;
                ::midair::__in_memory!();
                #[allow(clippy::question_mark)] // before the first field there is nothing to give back
                unsafe fn store(
                    &self,
                    at: *mut u8,
                    memory: ::midair::host::Memory,
                ) -> ::std::result::Result<(), ::midair::host::OutOfMemory> {
                    // SAFETY: by the contract. What was built before a failure is given back.
                    unsafe { #(#stores)* }
                    ::std::result::Result::Ok(())
                }
                unsafe fn fetch(at: *const u8) -> Self {
                    // SAFETY: by the contract.
                    unsafe {
                        #ident {
                            #(#idents: <#types as ::midair::Guest>::fetch(
                                at.add(::midair::host::__component(PARTS, #indices)),
                            )),*
                        }
                    }
                }
                unsafe fn discard(at: *mut u8, memory: ::midair::host::Memory) {
                    // SAFETY: by the contract.
                    unsafe {
                        #(<#types as ::midair::Guest>::discard(
                            at.add(::midair::host::__component(PARTS, #indices)),
                            memory,
                        );)*
                    }
                }
                fn hold(
                    given: Self,
                    memory: ::midair::host::Memory,
                ) -> ::std::result::Result<Self::Held, ::midair::host::OutOfMemory> {
                    ::midair::host::Stored::new(&given, memory)
                }
            }
        };
    })
}

fn enumeration(input: &DeriveInput, data: &DataEnum) -> Result<proc_macro2::TokenStream> {
    let ident = &input.ident;
    let reprs = reprs(input)?;
    let Some((repr, size)) = reprs.iter().find_map(|repr| {
        let size = match repr.to_string().as_str() {
            "u8" => 1u8,
            "u16" => 2,
            "u32" | "i32" => 4,
            "u64" | "i64" => 8,
            _ => return None,
        };
        Some((repr, size))
    }) else {
        let wanted = "add `#[repr(u8)]`: a Nim enum has one byte (two with more than 256 values)";
        return Err(Error::new_spanned(ident, wanted));
    };
    let name = name_of(&input.attrs, ident)?;
    let mut constants = Vec::new();
    let mut variants = Vec::new();
    for variant in &data.variants {
        if !matches!(variant.fields, Fields::Unit) {
            return Err(Error::new_spanned(
                variant,
                "a variant with fields has no Nim constant",
            ));
        }
        let (variant_ident, variant_name) =
            (&variant.ident, name_of(&variant.attrs, &variant.ident)?);
        constants.push(quote! { (#variant_name, #ident::#variant_ident as i64) });
        variants.push(variant_ident);
    }
    Ok(quote! {
        impl #ident {
            #[doc(hidden)]
            fn __of_value(value: #repr) -> #ident {
                const ZERO: #ident = {
                    let mut zero = ::std::option::Option::None;
                    #(if #ident::#variants as i64 == 0 { zero = ::std::option::Option::Some(#ident::#variants); })*
                    match zero {
                        ::std::option::Option::Some(zero) => zero,
                        ::std::option::Option::None => panic!("an enum needs a variant with the value 0: Nim clears fresh memory"),
                    }
                };
                #(if value == #ident::#variants as #repr { return #ident::#variants; })*
                // Only a cast makes another.
                ZERO
            }
        }
        // SAFETY: the constant names the variants and their values.
        unsafe impl ::midair::Guest for #ident {
            const WANT: ::midair::host::Want = ::midair::host::Want::Enum(&::midair::host::EnumWant {
                name: #name,
                size: #size,
                constants: &[#(#constants),*],
            });
            ::midair::__plain_enum!(#repr);
        }
        // SAFETY: it is its value, and checked code of the guest has no others.
        unsafe impl ::midair::host::Plain for #ident {}
    })
}
