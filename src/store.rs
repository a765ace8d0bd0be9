//! The SQLite file: one writer, many readers, numbered migrations, one module per aggregate.
