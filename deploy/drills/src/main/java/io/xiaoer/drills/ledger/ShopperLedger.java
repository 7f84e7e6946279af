package io.xiaoer.drills.ledger;

import java.util.List;

/// Everything about one shopper: what was said, and the journal of each device.
public record ShopperLedger(String shopper, List<Said> said, List<DeviceJournal> devices) {}
