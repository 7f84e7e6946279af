package io.xiaoer.ordersync.order;

import io.xiaoer.common.masking.Masks;
import org.jspecify.annotations.Nullable;

/// Who gets the parcel. Prints redacted.
public record Receiver(
        @Nullable String name,
        @Nullable String phone,
        @Nullable String address) {

    /// Nothing is known.
    static final Receiver NOBODY = new Receiver(null, null, null);

    public Receiver {
        Rules.optional("name", name, 128);
        Rules.optional("phone", phone, 32);
        Rules.optional("address", address, 512);
    }

    /// The same person as answers show them.
    public Receiver masked() {
        return new Receiver(
                name == null ? null : Masks.name(name),
                phone == null ? null : Masks.phone(phone),
                address == null ? null : Masks.address(address));
    }

    @Override
    public String toString() {
        return "Receiver[redacted]";
    }
}
