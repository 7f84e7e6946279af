package io.xiaoer.gateway.web;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// @param trustedProxies address ranges of proxies whose `X-Forwarded-*` headers are believed; none by default
@ConfigurationProperties("xiaoer.gateway")
public record WebSettings(@DefaultValue List<String> trustedProxies) {}
