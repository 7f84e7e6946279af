package io.xiaoer.session.shop;

import io.xiaoer.common.event.ShopSettings;
import io.xiaoer.common.event.ShopSettings.HoursOfService;
import io.xiaoer.common.event.ShopSettings.Limits;
import io.xiaoer.common.event.ShopSettings.SourceDeadlines;
import io.xiaoer.common.rest.Answer;
import io.xiaoer.common.rest.Resource;
import java.time.Instant;
import java.util.List;

/// A shop in an answer.
record ShopResource(
        List<String> origins,
        List<String> imageHosts,
        HoursOfService hoursOfService,
        String greeting,
        Limits limits,
        SourceDeadlines sourceDeadlines,
        int priceFloorPercent,
        ShopSettings.HandOff handOff,
        ShopSettings.SensitiveWords sensitiveWords,
        Instant createdAt,
        Instant updatedAt) {

    static Answer<Resource<ShopResource>> answer(ShopRow row) {
        var settings = row.settings();
        return Answer.of(new Resource<>(
                settings.shopId(),
                "shop",
                new ShopResource(
                        settings.origins(),
                        settings.imageHosts(),
                        settings.hoursOfService(),
                        settings.greeting(),
                        settings.limits(),
                        settings.sourceDeadlines(),
                        settings.priceFloorPercent(),
                        settings.handOff(),
                        settings.sensitiveWords(),
                        row.createdAt(),
                        settings.updatedAt())));
    }
}
