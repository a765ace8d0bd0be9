//! The running desk without a screen: ingests, recognises, fans out, answers requests; owns time.
