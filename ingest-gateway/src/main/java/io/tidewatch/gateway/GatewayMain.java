package io.tidewatch.gateway;

import io.tidewatch.operations.PartMain;

/** The gateway as a process: {@code [--config FILE | --version]}. */
public final class GatewayMain {
    private GatewayMain() {}

    public static void main(String[] args) {
        PartMain.run("gateway", GatewayConfig.DEFINITION, args, GatewayApp::new);
    }
}
