import { IngressController } from '@keelson/core';
import { ExposureRequest, TargetRenderer } from './target-renderer';

export class IngressTarget implements TargetRenderer {
  public constructor(private readonly controller: IngressController) {}

  public render(request: ExposureRequest): void {
    void request;
    void this.controller;
  }
}
