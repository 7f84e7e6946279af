package io.xiaoer.drills.load;

/// What shoppers talk for.
public enum Manner {
    /// On any of their devices, for an answer.
    ASKING,
    /// On the first of their devices, to somebody who may not answer: what they say has its outcome when all of their
    /// devices show it.
    TELLING
}
