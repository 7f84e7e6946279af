package io.xiaoer.gateway.limit;

import io.xiaoer.common.access.Cidrs;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// @param calls how many calls an address has in a window
/// @param window the length of the window
/// @param exempt address ranges that are not counted
@ConfigurationProperties("xiaoer.limits.ip")
public record LimitSettings(
        @DefaultValue("300") int calls,
        @DefaultValue("60s") Duration window,
        @DefaultValue List<String> exempt) {

    /// @throws IllegalArgumentException naming the setting that is out of its bounds
    public LimitSettings {
        Cidrs.require("xiaoer.limits.ip.exempt", exempt);
        if (calls < 1 || calls > 100_000) {
            throw new IllegalArgumentException("xiaoer.limits.ip.calls must lie in 1..100000");
        }
        if (window.toMillis() < 100 || window.toHours() > 1) {
            throw new IllegalArgumentException("xiaoer.limits.ip.window must lie in 100ms..1h");
        }
    }
}
