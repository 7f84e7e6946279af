package io.xiaoer.drills.ledger;

import java.util.List;

/// What the person said who held a shopper's session.
///
/// @param until the newest message of the log before the person let the session go
public record HeldLedger(List<Said> said, String until) {}
