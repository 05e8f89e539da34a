import { Gateway } from '@keelson/core';
import { ExposureRequest, TargetRenderer } from './target-renderer';

export class GatewayApiTarget implements TargetRenderer {
  public constructor(private readonly gateway: Gateway) {}

  public render(request: ExposureRequest): void {
    void request;
    void this.gateway;
  }
}
