package io.xiaoer.session.connection;

import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.message.Content;
import io.xiaoer.common.problem.ProblemException;
import io.xiaoer.session.shop.ShopDirectory;
import java.net.URI;
import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// The rules that a shop has set for itself.
@Component
class ListedShopRules implements ShopRules {

    private final ShopDirectory shops;

    ListedShopRules(ShopDirectory shops) {
        this.shops = shops;
    }

    @Override
    public boolean allowsOrigin(ShopId shop, @Nullable String origin) {
        var settings = shops.require(shop);
        return origin == null || settings.origins().contains(origin.toLowerCase(Locale.ROOT));
    }

    @Override
    public void check(ShopId shop, ClientFrame.Send send) throws BadFrame {
        if (send.content() instanceof Content.Image(var url)
                && !imageHosts(shop, send).contains(URI.create(url).getHost().toLowerCase(Locale.ROOT))) {
            throw new BadFrame(FrameError.INVALID_FRAME, send.id(), "content.url must stand on a host of the shop");
        }
    }

    private Collection<String> imageHosts(ShopId shop, ClientFrame.Send send) throws BadFrame {
        try {
            return shops.require(shop).imageHosts();
        } catch (ProblemException e) {
            throw new BadFrame(FrameError.UNAVAILABLE, send.id(), null);
        }
    }
}
