package io.xiaoer.common.rest;

/// One thing in an answer.
///
/// @param id its id, always a string
/// @param type what it is, e.g. `message`
/// @param attributes the rest of it
/// @param <A> the record of the attributes
public record Resource<A>(String id, String type, A attributes) {}
