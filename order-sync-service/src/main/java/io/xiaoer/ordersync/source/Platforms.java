package io.xiaoer.ordersync.source;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/// The adapters by their kind.
@Component
class Platforms {

    private final Map<PlatformKind, Platform> all = new EnumMap<>(PlatformKind.class);

    /// @throws IllegalStateException if a kind has no adapter
    Platforms(List<Platform> platforms) {
        platforms.forEach(each -> all.put(each.kind(), each));
        if (all.size() != PlatformKind.values().length) {
            throw new IllegalStateException("each kind of platform has one adapter, but there are " + all.keySet());
        }
    }

    Platform of(SourceRow source) {
        var platform = all.get(source.platform());
        if (platform == null) {
            throw new IllegalStateException("each kind of platform has an adapter");
        }
        return platform;
    }

    /// @throws IllegalStateException if the platform cannot be asked
    PulledPlatform pulled(SourceRow source) {
        if (of(source) instanceof PulledPlatform pulled) {
            return pulled;
        }
        throw new IllegalStateException("the platform cannot be asked");
    }
}
