package io.xiaoer.ordersync.order;

import com.alibaba.fastjson2.JSON;
import com.alibaba.fastjson2.JSONException;
import io.xiaoer.common.crypto.FieldAddress;
import io.xiaoer.common.crypto.FieldCipher;
import io.xiaoer.common.crypto.FieldHash;
import io.xiaoer.common.crypto.UnreadableField;
import io.xiaoer.common.id.ShopId;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.springframework.stereotype.Component;

/// A receiver on its way through outbox and Kafka: encrypted for the order that it is meant for, so that it opens for
/// no other one.
@Component
public class ReceiverSeal {
    /// The name of the argument that carries it.
    public static final String ARGUMENT = "receiver_sealed";

    private final FieldCipher cipher;
    private final FieldHash hash;

    ReceiverSeal(FieldCipher cipher, FieldHash hash) {
        this.cipher = cipher;
        this.hash = hash;
    }

    public Map<String, Object> arguments(ShopId shop, String order, Receiver receiver) {
        var sealed = Objects.requireNonNull(cipher.encrypt(JSON.toJSONString(receiver), address(shop, order)));
        return Map.of(ARGUMENT, Base64.getEncoder().encodeToString(sealed));
    }

    /// The same for equal receivers, and nothing that the receiver could be found by without the key.
    public String fingerprint(ShopId shop, Receiver receiver) {
        var digest = hash.of(shop.value() + ":receiver", JSON.toJSONString(receiver));
        return HexFormat.of().formatHex(Objects.requireNonNull(digest));
    }

    /// What was sealed; empty if it was not sealed for this order, or by another's key.
    public Optional<Receiver> open(ShopId shop, String order, String sealed) {
        try {
            var text = cipher.decrypt(Base64.getDecoder().decode(sealed), address(shop, order));
            return Optional.ofNullable(JSON.parseObject(text, Receiver.class));
        } catch (IllegalArgumentException | UnreadableField | JSONException unreadable) {
            return Optional.empty();
        }
    }

    private static FieldAddress address(ShopId shop, String order) {
        return new FieldAddress("command", List.of(shop.value(), order), ARGUMENT);
    }
}
