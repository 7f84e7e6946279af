package io.xiaoer.session.conversation;

import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.message.Content;
import io.xiaoer.common.message.InvalidContent;
import io.xiaoer.session.shop.ShopDirectory;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import org.springframework.stereotype.Component;

/// Reads what a shopper or an agent sends, by the contract's rules and the shop's.
@Component
public class SentContent {

    private final ShopDirectory shops;

    SentContent(ShopDirectory shops) {
        this.shops = shops;
    }

    /// @param agent whether an agent sends it
    /// @throws InvalidContent naming the field and the rule
    public Content read(ShopId shop, Map<String, ?> content, boolean agent) throws InvalidContent {
        var sent = Content.parseSent(content, agent);
        if (sent instanceof Content.Image image) {
            String host = URI.create(image.url()).getHost().toLowerCase(Locale.ROOT);
            boolean listed = shops.find(shop)
                    .filter(settings -> settings.imageHosts().contains(host))
                    .isPresent();
            if (!listed) {
                throw new InvalidContent(
                        "url", InvalidContent.Reason.INVALID, "must stand on a host of the shop's list");
            }
        }
        return sent;
    }
}
