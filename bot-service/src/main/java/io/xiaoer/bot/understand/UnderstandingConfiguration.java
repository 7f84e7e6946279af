package io.xiaoer.bot.understand;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Configuration;

/// The settings of understanding.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(UnderstandingSettings.class)
class UnderstandingConfiguration {}
