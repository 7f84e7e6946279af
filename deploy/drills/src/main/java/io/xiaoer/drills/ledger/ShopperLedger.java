package io.xiaoer.drills.ledger;

import java.util.List;

/// Everything about one shopper: what was said, and the journal of each device.
public record ShopperLedger(String shopper, List<Said> said, List<DeviceJournal> devices) {

    /// The highest id that came to any of the devices.
    public String newest() {
        return devices.stream()
                .flatMap(device -> device.entries().stream())
                .map(entry -> entry instanceof DeviceJournal.Entry.Came came
                        ? came.message().id()
                        : Message.ZERO)
                .max(Message.IDS)
                .orElse(Message.ZERO);
    }
}
