package io.xiaoer.ordersync.command;

import com.alibaba.fastjson2.JSON;
import com.alibaba.fastjson2.JSONException;
import io.xiaoer.common.crypto.FieldAddress;
import io.xiaoer.common.crypto.FieldCipher;
import io.xiaoer.common.crypto.FieldHash;
import io.xiaoer.common.crypto.UnreadableField;
import io.xiaoer.common.event.Unprocessable;
import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.json.PlainJson;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.springframework.stereotype.Component;

/// Personal data of a command on its way through outbox and Kafka: encrypted for the order that it is about, so that it
/// opens for no other one. The command's own row does not have it.
@Component
public class ArgumentSeal {
    private final FieldCipher cipher;
    private final FieldHash hash;

    ArgumentSeal(FieldCipher cipher, FieldHash hash) {
        this.cipher = cipher;
        this.hash = hash;
    }

    /// The command with a value besides, which is the same to whoever repeats it only if the value is.
    ///
    /// @param argument the name under which it travels
    public NewCommand seal(NewCommand command, ShopId shop, String order, String argument, Object value) {
        var text = JSON.toJSONString(value);
        var sealed = Objects.requireNonNull(cipher.encrypt(text, address(shop, order, argument)));
        var fingerprint = Objects.requireNonNull(hash.of(shop.value() + ":" + argument, text));
        return command.sealed(
                HexFormat.of().formatHex(fingerprint),
                Map.of(argument, Base64.getEncoder().encodeToString(sealed)));
    }

    /// What was sealed.
    ///
    /// @throws Unprocessable if it was not sealed for this order, or by another's key
    public <T> T open(Asked asked, String order, String argument, Class<T> type) {
        return opened(asked, order, argument, type).orElseThrow(() -> Asked.invalid(argument));
    }

    private <T> Optional<T> opened(Asked asked, String order, String argument, Class<T> type) {
        try {
            var sealed = Base64.getDecoder().decode(asked.text(argument));
            var opened = cipher.decrypt(sealed, address(asked.shop(), order, argument));
            return opened == null ? Optional.empty() : Optional.ofNullable(PlainJson.record(opened, type));
        } catch (IllegalArgumentException | UnreadableField | JSONException unreadable) {
            return Optional.empty();
        }
    }

    private static FieldAddress address(ShopId shop, String order, String argument) {
        return new FieldAddress("command", List.of(shop.value(), order), argument);
    }
}
