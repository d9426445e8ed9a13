//! One description of every fact: key, name for people, kind, secrecy.
