package dev.drey.operators;

import java.net.InetSocketAddress;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.rpc.AddressResolution;
import org.apache.flink.runtime.rpc.RpcSystem;
import org.apache.flink.runtime.rpc.RpcSystemLoader;
import org.apache.flink.runtime.rpc.pekko.PekkoRpcSystemLoader;
import org.jspecify.annotations.Nullable;

/**
 * Lets all Flinks of a test JVM share one RPC system. Flink would unpack the jar of Pekko for each
 * cluster that it starts, load its 1,500 classes and compile them anew: more than a second of
 * processor time. Found as a service, before Flink's own.
 */
public final class SharedRpcSystem implements RpcSystemLoader {

  private static final class Holder {
    static final RpcSystem SYSTEM = load();

    private static RpcSystem load() {
      RpcSystem system = new PekkoRpcSystemLoader().loadRpcSystem(new Configuration());
      Runtime.getRuntime().addShutdownHook(new Thread(system::close));
      return system;
    }
  }

  @Override
  public int getLoadPriority() {
    return -1;
  }

  @Override
  public RpcSystem loadRpcSystem(@Nullable Configuration configuration) {
    return new Borrowed(Holder.SYSTEM);
  }

  /** Stays open for others when a cluster closes it. */
  private record Borrowed(RpcSystem system) implements RpcSystem {

    @Override
    public RpcServiceBuilder localServiceBuilder(Configuration configuration) {
      return system.localServiceBuilder(configuration);
    }

    @Override
    public RpcServiceBuilder remoteServiceBuilder(
        Configuration configuration, @Nullable String externalAddress, String externalPortRange) {
      return system.remoteServiceBuilder(configuration, externalAddress, externalPortRange);
    }

    @Override
    public String getRpcUrl(
        String hostname,
        int port,
        String endpointName,
        AddressResolution addressResolution,
        Configuration configuration)
        throws java.net.UnknownHostException {
      return system.getRpcUrl(hostname, port, endpointName, addressResolution, configuration);
    }

    @Override
    public InetSocketAddress getInetSocketAddressFromRpcUrl(String url) throws Exception {
      return system.getInetSocketAddressFromRpcUrl(url);
    }

    @Override
    public long getMaximumMessageSizeInBytes(Configuration configuration) {
      return system.getMaximumMessageSizeInBytes(configuration);
    }
  }
}
